import { renderSVG } from 'uqr';
import type { SimOrder } from '../../ledger/order.ts';
import { OVERVIEW_PAGE } from '../../payer/overview-page.ts';
import { PAYER_PAGE } from '../../payer/payer-page.ts';
import type { World } from '../../world.ts';
import { defineRoute, json, refuse, type Reply, type Route } from '../route.ts';

/** Answers with a page. */
export const page = (html: string): Reply => ({ kind: 'text', contentType: 'text/html; charset=utf-8', text: html });

/** Longer than any code_url; a QR code of this length can still be read. */
const QR_LENGTH_MAX = 512;

/** The order that a code_url, mweb_url, prepay_id or order number leads to. */
function orderOfCode({ ledger }: World, code: string): SimOrder | undefined {
  const prepayId = URL.canParse(code) ? (new URL(code).searchParams.get('prepay_id') ?? '') : '';
  return (
    ledger.orderByEntry(code) ??
    ledger.orderByEntry(prepayId) ??
    ledger.ordersNamed(code)[0] ??
    ledger.combinedNamed(code)[0]?.[0]
  );
}

/** Pages for people, and what they are made of. */
export const PAGE_ROUTES: readonly Route[] = [
  defineRoute(
    { method: 'GET', path: '/payer', about: 'page: a phone that scans and pays; ?code= opens an order' },
    () => page(PAYER_PAGE),
  ),
  defineRoute({ method: 'GET', path: '/overview', about: 'page: orders, calls and notices as they come' }, () =>
    page(OVERVIEW_PAGE),
  ),
  defineRoute(
    {
      method: 'GET',
      path: '/entries',
      about: 'the order that ?code= leads to: a code_url, mweb_url, prepay_id or order number',
    },
    ({ query }, { world }) => {
      const order = orderOfCode(world, (query.get('code') ?? '').trim());
      if (order !== undefined) return json(order);
      const detail = 'the code leads to no order; a code_url, mweb_url, prepay_id or out_trade_no does';
      return refuse({ status: 404, code: 'no-such-entry', field: 'code', detail });
    },
  ),
  defineRoute({ method: 'GET', path: '/qr.svg', about: '?text= as a QR code' }, ({ query }) => {
    const text = query.get('text') ?? '';
    if (text === '' || text.length > QR_LENGTH_MAX) {
      const detail = `text has ${text.length} characters, needed are 1 to ${QR_LENGTH_MAX}`;
      return refuse({ status: 400, code: 'invalid-query', field: 'text', detail });
    }
    return { kind: 'text', contentType: 'image/svg+xml', text: renderSVG(text, { ecc: 'M', border: 2 }) };
  }),
];
