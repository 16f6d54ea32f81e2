import { format, inspect } from 'node:util';
import { expect, test } from 'vitest';
import { quietFields } from './quiet-fields.ts';
import { answer, createTestWorld, OUT_TRADE_NO, PAID } from './testing/test-world.ts';

const fields = quietFields(
  new Map([
    ['openid', 'oUpF8uMuAJO'],
    ['total_fee', '100'],
  ]),
);

test('quiet fields are what they were to everyone who reads them', () => {
  expect(fields.get('openid')).toBe('oUpF8uMuAJO');
  expect(Object.fromEntries(fields)).toEqual({ openid: 'oUpF8uMuAJO', total_fee: '100' });
  expect([...fields.keys()]).toEqual(['openid', 'total_fee']);
  expect(fields).toBeInstanceOf(Map);
});

test('they print as their number, wherever they stand, and serialise to nothing', () => {
  expect(inspect(fields)).toBe('[2 fields]');
  expect(inspect({ deep: [{ fields }] }, { depth: 9, showHidden: true })).not.toContain('oUpF8uMuAJO');
  expect(format('%s %o %j', fields, fields, fields)).not.toContain('oUpF8uMuAJO');
});

test('an outcome of the classic API prints no payer but in its answer', async () => {
  const world = createTestWorld([() => answer(PAID)]);
  const outcome = await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO });
  if (outcome.outcome !== 'done') throw new Error(outcome.message);
  const { answer: _, ...record } = outcome;
  expect(inspect(record, { depth: 9 })).not.toContain(PAID.openid);
  expect(inspect(record, { depth: 9 })).toContain('fields: [');
  expect(outcome.fields?.get('openid')).toBe(PAID.openid);
});
