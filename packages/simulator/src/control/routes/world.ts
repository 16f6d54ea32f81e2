import { z } from 'zod';
import { endRefundNow } from '../../actions/refund-end.ts';
import type { RefundEnd } from '../../core/refund-state.ts';
import { defaultSwitches, DOCUMENTED, type Settings, SWITCHES } from '../../switches.ts';
import { defineBodyRoute, defineRoute, json, refuse, type Route } from '../route.ts';

const switchChoices = Object.fromEntries(
  Object.entries(SWITCHES).map(([name, { choices, about }]) => [name, z.enum(choices).optional().describe(about)]),
);

const switchBody = z.strictObject({
  ...switchChoices,
  all: z.enum(['observed', 'documented']).optional().describe('sets every switch first'),
});

const settingsBody = z.strictObject({
  refundDelayMs: z.int().nonnegative(),
  refundEnd: z.enum(['SUCCESS', 'CHANGE', 'REFUNDCLOSE']),
  callsPerSecondMax: z.int().nonnegative().describe('0 is no limit'),
  cashierBusyMs: z.int().nonnegative(),
  refundableFen: z.int().describe('negative is any amount'),
  publicKeyNoticeShare: z.number().min(0).max(1),
  newCertificateShare: z.number().min(0).max(1),
  noticeTimeScale: z.number().nonnegative().describe('factor on the delays between tries of notices'),
} satisfies Readonly<Record<keyof Settings, z.ZodType>>);

const someSettings = settingsBody.partial();

const refundBody = z.strictObject({ mchid: z.string().optional() });

const REFUND_ENDS = {
  succeed: { end: 'SUCCESS', about: 'the refund arrives now' },
  fail: { end: 'CHANGE', about: 'the refund fails: the payer cannot be paid back there (退款异常)' },
  close: { end: 'REFUNDCLOSE', about: 'the refund is given up: it has to be asked for under a new number' },
} as const satisfies Readonly<Record<string, { readonly end: RefundEnd; readonly about: string }>>;

/** How the platform behaves. */
export const WORLD_ROUTES: readonly Route[] = [
  defineRoute(
    { method: 'GET', path: '/switches', about: 'observed or documented behaviour, one by one' },
    (_, { world }) => json({ switches: world.switches, rows: SWITCHES }),
  ),
  defineBodyRoute(
    {
      method: 'PUT',
      path: '/switches',
      about: 'sets the switches that are named, and leaves the others',
      body: switchBody,
      fields: Object.keys(switchBody.shape),
    },
    (_, { all, ...named }, { world }) => {
      if (all !== undefined) Object.assign(world.switches, defaultSwitches(), all === 'documented' ? DOCUMENTED : {});
      Object.assign(world.switches, named);
      return json({ switches: world.switches });
    },
  ),
  defineRoute({ method: 'GET', path: '/settings', about: 'delays, limits and amounts' }, (_, { world }) =>
    json({ settings: world.settings }),
  ),
  defineBodyRoute(
    {
      method: 'PUT',
      path: '/settings',
      about: 'sets the settings that are named, and leaves the others',
      body: someSettings,
      fields: Object.keys(settingsBody.shape),
    },
    (_, named, { world }) => {
      Object.assign(world.settings, named);
      return json({ settings: world.settings });
    },
  ),
  ...Object.entries(REFUND_ENDS).map(([verb, { end, about }]) =>
    defineBodyRoute(
      { method: 'POST', path: `/refunds/{outRefundNo}/${verb}`, about, body: refundBody, fields: ['mchid'] },
      ({ params }, { mchid }, { world }) => {
        const { outRefundNo = '' } = params;
        const refund = endRefundNow(world, { outRefundNo, ...(mchid === undefined ? {} : { mchid }) }, end);
        if (refund.ok) return json(refund.value);
        const status = refund.reason === 'no-such-refund' ? 404 : 409;
        return refuse({ status, code: refund.reason, detail: refund.message });
      },
    ),
  ),
];
