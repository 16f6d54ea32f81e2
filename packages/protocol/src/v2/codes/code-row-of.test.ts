import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OPERATIONS } from '../operations.ts';
import { codeRowOf } from './code-row-of.ts';

const ANY_OPERATION = fc.constantFrom(...Object.values(OPERATIONS));

test.each(['', 'BRAND_NEW', 'SUCCESS', 'constructor', '__proto__', 'toString', 'systemerror'])(
  'the unlisted code “%s” leaves an operation that changes something unknown',
  (code) => {
    expect(codeRowOf(OPERATIONS.refund, code)).toMatchObject({ outcome: 'unknown', repeat: 'query' });
  },
);

test('an unlisted code of an operation that only reads is a rejection: nothing was changed', () => {
  expect(codeRowOf(OPERATIONS.orderquery, 'BRAND_NEW')).toMatchObject({ outcome: 'rejected' });
});

test('a listed code has its own row', () => {
  expect(codeRowOf(OPERATIONS.refund, 'NOTENOUGH').meaning).toContain('merchant');
  expect(codeRowOf(OPERATIONS.micropay, 'NOTENOUGH').meaning).toContain('payer');
});

test('every text has a row, and no text makes an operation that changes something a rejection by accident', () => {
  fc.assert(
    fc.property(ANY_OPERATION, fc.oneof(fc.string(), fc.constantFrom('ORDERPAID', 'ERROR')), (operation, code) => {
      const row = codeRowOf(operation, code);
      expect(row.meaning).not.toBe('');
      const isByAccident =
        row.outcome === 'rejected' && operation.effect === 'changes' && !Object.hasOwn(operation.codes, code);
      expect(isByAccident).toBe(false);
    }),
  );
});

test('the operations that change something are those that place, charge, close, reverse and refund', () => {
  const changing = Object.values(OPERATIONS).filter(({ effect }) => effect === 'changes');
  expect(changing.map(({ name }) => name)).toEqual([
    'unifiedorder',
    'closeorder',
    'micropay',
    'reverse',
    'refund',
    'refundv2',
  ]);
});

test('the operations that need a client certificate are those that give money back, and the fund-flow bill', () => {
  const certified = Object.values(OPERATIONS).filter(({ clientCertificate }) => clientCertificate === 'required');
  expect(certified.map(({ path }) => path)).toEqual([
    '/secapi/pay/reverse',
    '/secapi/pay/refund',
    '/secapi/pay/refundv2',
    '/pay/downloadfundflow',
  ]);
});
