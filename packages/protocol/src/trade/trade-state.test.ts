import { expect, test } from 'vitest';
import { REFUND_STATUSES } from './refund-status.ts';
import { TRADE_STATES } from './trade-state.ts';

const named = <Row extends { readonly finality: string }>(rows: Readonly<Record<string, Row>>, finality: string) =>
  Object.keys(rows).filter((name) => rows[name]?.finality === finality);

test('an order is final when it is paid, refunded, closed, reversed or failed, and open otherwise', () => {
  expect(named(TRADE_STATES, 'final')).toEqual(['SUCCESS', 'REFUND', 'CLOSED', 'REVOKED', 'PAYERROR']);
  expect(named(TRADE_STATES, 'open')).toEqual(['NOTPAY', 'USERPAYING', 'ACCEPT']);
});

test('no state that is open has received money', () => {
  const open = Object.values(TRADE_STATES).filter(({ finality }) => finality === 'open');
  expect(open.every(({ money }) => money === 'not-received')).toBe(true);
});

test('a refund is open while it is being worked on, and while it waits for a person', () => {
  expect(named(REFUND_STATUSES, 'open')).toEqual(['PROCESSING', 'CHANGE']);
});
