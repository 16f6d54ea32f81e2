import { LISTED_CODES, V3_LISTED_CODES } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import type { GatewayCall, Refusals } from './refusal.ts';
import { refusalsOf } from './refusal.ts';
import { V2_REFUSALS } from './v2/refusals.ts';
import { V3_REFUSALS } from './v3/refusals.ts';

const OPERATIONS = {
  v2: {
    place: ['unifiedorder'],
    charge: ['micropay'],
    query: ['orderquery'],
    close: ['closeorder'],
    reverse: ['reverse'],
    refund: ['refund'],
    'query-refund': ['refundquery'],
  },
  v3: {
    place: ['jsapi', 'app', 'native', 'h5'],
    charge: ['codepay'],
    query: ['query-by-id', 'query-by-out-trade-no'],
    close: ['close'],
    reverse: ['reverse'],
    refund: ['refund'],
    'query-refund': ['refund-query'],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<GatewayCall, readonly string[]>>>>;

const LOCAL = new Set(refusalsOf({}).keys());
const ownCodes = (refusals: Refusals): readonly string[] =>
  [...refusals.keys()].filter((code) => !LOCAL.has(code)).toSorted();

/** Every code that the protocol lists for the operations of a call, and that refuses it. */
function listedRefusals(
  listed: readonly { operation: string; code: string; outcome: string }[],
  operations: readonly string[],
): readonly string[] {
  const codes = listed.filter(({ operation, outcome }) => operations.includes(operation) && outcome === 'rejected');
  return [...new Set(codes.map(({ code }) => code))].toSorted();
}

describe.each([
  ['v2', V2_REFUSALS, LISTED_CODES, OPERATIONS.v2],
  ['v3', V3_REFUSALS, V3_LISTED_CODES, OPERATIONS.v3],
] as const)('the refusals of %s', (_, tables, listed, operations) => {
  test.each(Object.entries(operations))('name what each code means that %s is refused with', (call, names) => {
    const table = Object.entries(tables).find(([name]) => name === call)?.[1];
    expect(table && ownCodes(table)).toEqual(listedRefusals(listed, names));
  });
});

test('both protocols say the same of what they spell differently', () => {
  const words = (call: GatewayCall, v2: string, v3: string) => [V2_REFUSALS[call].get(v2), V3_REFUSALS[call].get(v3)];
  expect(words('place', 'ORDERPAID', 'ORDER_PAID')).toEqual(['order-paid', 'order-paid']);
  expect(words('close', 'ORDERPAID', 'ORDER_PAID')).toEqual(['order-paid', 'order-paid']);
  expect(words('close', 'ORDERCLOSED', 'ORDER_CLOSED')).toEqual(['order-closed', 'order-closed']);
  expect(words('close', 'TRADE_STATE_ERROR', 'TRADE_ERROR')).toEqual(['ask', 'ask']);
  expect(words('query', 'ORDERNOTEXIST', 'ORDER_NOT_EXIST')).toEqual(['not-found', 'not-found']);
  expect(words('query-refund', 'REFUNDNOTEXIST', 'RESOURCE_NOT_EXISTS')).toEqual(['not-found', 'not-found']);
  expect(words('refund', 'NOTENOUGH', 'NOT_ENOUGH')).toEqual(['refused', 'refused']);
  expect(words('refund', 'SIGNERROR', 'SIGN_ERROR')).toEqual(['later', 'later']);
  expect(words('place', 'FREQUENCY_LIMITED', 'FREQUENCY_LIMITED')).toEqual(['later', 'later']);
});
