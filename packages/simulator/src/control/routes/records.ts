import type { Call } from '../../world.ts';
import { newest } from '../newest.ts';
import { ledgerView } from '../ledger-view.ts';
import { defineRoute, json, refuse, type Route } from '../route.ts';

/** What can be named in the query of GET /calls and GET /notices. */
const CALL_FILTERS = ['operation', 'outTradeNo', 'mchid', 'verdict'] as const;
const NOTICE_FILTERS = ['kind', 'outTradeNo', 'outRefundNo', 'mchid', 'state'] as const;

function isWanted<Name extends string>(
  record: Readonly<Partial<Record<Name, string>>>,
  names: readonly Name[],
  query: URLSearchParams,
): boolean {
  return names.every((name) => (query.get(name) ?? record[name]) === record[name]);
}

/** What the simulator has seen and what it knows to be true. */
export const RECORD_ROUTES: readonly Route[] = [
  defineRoute(
    {
      method: 'GET',
      path: '/calls',
      about: `the calls received, oldest first; ?${CALL_FILTERS.join('=&')}=&limit= choose among them`,
    },
    ({ query }, { world }) =>
      json({
        calls: newest(
          world.calls.list().filter((call: Call) => isWanted(call, CALL_FILTERS, query)),
          query,
        ),
      }),
  ),
  defineRoute(
    {
      method: 'GET',
      path: '/notices',
      about: `the notices with every try to deliver them; ?${NOTICE_FILTERS.join('=&')}=&limit= choose among them`,
    },
    ({ query }, { notices }) =>
      json({
        notices: newest(
          notices.list().filter((notice) => isWanted(notice, NOTICE_FILTERS, query)),
          query,
        ),
      }),
  ),
  defineRoute(
    {
      method: 'POST',
      path: '/notices/{id}/replay',
      about: 'sends a notice once more and answers when that try has ended',
    },
    async ({ params }, { notices }) => {
      const { id = '' } = params;
      const notice = await notices.replay(id);
      if (notice !== 'not-found') return json(notice);
      return refuse({
        status: 404,
        code: 'no-such-notice',
        detail: `there is no notice ${id}; GET /notices lists them`,
      });
    },
  ),
  defineRoute(
    {
      method: 'GET',
      path: '/ledger',
      about:
        'the truth: every order with its history, payment, refunds, closes, notices and calls; ?outTradeNo=&mchid=&limit= choose',
    },
    ({ query }, desk) => json(ledgerView(desk, query)),
  ),
  defineRoute(
    {
      method: 'POST',
      path: '/reset',
      about: 'empties the book, calls, notices, faults; merchants, switches and clock stay',
    },
    (_, desk) => {
      desk.reset();
      return json(ledgerView(desk, new URLSearchParams()));
    },
  ),
];
