import { z } from 'zod';
import type { Discrepancy } from '../../bills/discrepancies.ts';
import { defineBodyRoute, defineRoute, json, type Route } from '../route.ts';

const number = z.string().min(1).max(64);
const totalFen = z.int().positive();

const row = z.union([z.strictObject({ outTradeNo: number }), z.strictObject({ outRefundNo: number })], {
  error: 'name the row of a payment by {"outTradeNo": …}, that of a refund by {"outRefundNo": …}',
});

const discrepancy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('row-missing'), row }),
  z.strictObject({ kind: z.literal('other-amount'), row, totalFen }),
  z.strictObject({
    kind: z.literal('row-extra'),
    billDate: z.string().regex(/^[0-9]{8}$/, 'is a day such as 20261124'),
    outTradeNo: number,
    totalFen,
  }),
]) satisfies z.ZodType<Discrepancy>;

const PATH = '/bills/discrepancies';

/** How trade bills differ from the truth. */
export const BILL_ROUTES: readonly Route[] = [
  defineBodyRoute(
    {
      method: 'POST',
      path: PATH,
      about: 'makes trade bills differ: a row-missing, an other-amount, or a row-extra that nobody paid',
      body: discrepancy,
      fields: ['kind', 'row', 'totalFen', 'billDate', 'outTradeNo'],
    },
    (_, body, { discrepancies }) => {
      discrepancies.add(body);
      return json({ discrepancies: discrepancies.list() });
    },
  ),
  defineRoute({ method: 'GET', path: PATH, about: 'the differences in force' }, (_, { discrepancies }) =>
    json({ discrepancies: discrepancies.list() }),
  ),
  defineRoute({ method: 'DELETE', path: PATH, about: 'bills tell the truth again' }, (_, { discrepancies }) => {
    discrepancies.clear();
    return json({ discrepancies: [] });
  }),
];
