import { expect, test } from 'vitest';
import { billVector } from './bills.suite.ts';
import { TRADE_BILL_HEADERS, TRADE_SUMMARY_HEADER } from './headers.ts';

test.each([
  ['ALL', 27],
  ['SUCCESS', 20],
  ['REFUND', 29],
  ['RECHARGE_REFUND', 30],
] as const)('a %s bill has %i different columns', (billType, count) => {
  expect(new Set(TRADE_BILL_HEADERS[billType]).size).toBe(count);
  expect(TRADE_BILL_HEADERS[billType]).toHaveLength(count);
});

test('columns stand in the order of the documentation', () => {
  const lines = new TextDecoder().decode(billVector('all.csv')).split('\r\n');
  expect(lines[0]).toBe(TRADE_BILL_HEADERS.ALL.join(','));
  expect(lines[6]).toBe(TRADE_SUMMARY_HEADER.join(','));
});
