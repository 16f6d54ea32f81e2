import * as fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import {
  type OutTradeNo,
  parseAppid,
  parseMchid,
  parseOpenid,
  parseOutRefundNo,
  parseOutTradeNo,
  parsePrepayId,
  parseRefundId,
  parseTransactionId,
  type TransactionId,
} from './numbers.ts';

test.each([
  ['out_trade_no', parseOutTradeNo, '20150806125346', 32],
  ['out_trade_no', parseOutTradeNo, 'a_b-c|d*e@f', 32],
  ['transaction_id', parseTransactionId, '4200000001201808210000000002', 32],
  ['out_refund_no', parseOutRefundNo, '131811191610442717309', 64],
  ['refund_id', parseRefundId, '50000000012018082100000000003', 32],
  ['prepay_id', parsePrepayId, 'wx130101176257317953a5acb7c0254d0000', 64],
  ['mch_id', parseMchid, '10000100', 32],
  ['appid', parseAppid, 'wx2421b1c4370ec43b', 32],
  ['openid', parseOpenid, 'oUpF8uN95-Ptaags6E_roPHg7AG0', 128],
] as const)(
  '%s is read as in the samples (%#), empty or too long it is refused by its name',
  (field, parse, sample, max) => {
    expect(parse(sample)).toEqual({ ok: true, value: sample });
    expect(parse('')).toMatchObject({ ok: false, reason: 'length', message: expect.stringContaining(field) });
    expect(parse('1'.repeat(max)).ok).toBe(true);
    expect(parse('1'.repeat(max + 1))).toMatchObject({ ok: false, reason: 'length' });
  },
);

test.each([
  ['out_trade_no', parseOutTradeNo, 'order 1'],
  ['out_trade_no', parseOutTradeNo, 'order/1'],
  ['out_trade_no', parseOutTradeNo, '订单'],
  ['out_trade_no', parseOutTradeNo, 'order1\n'],
  ['transaction_id', parseTransactionId, '42-1'],
  ['out_refund_no', parseOutRefundNo, 'a&b'],
  ['refund_id', parseRefundId, 'a_b'],
  ['prepay_id', parsePrepayId, 'wx 1'],
  ['mch_id', parseMchid, '1e5'],
  ['appid', parseAppid, 'wx-1'],
  ['openid', parseOpenid, 'o.1'],
])('%s cannot be %j…', (field, parse, text) => {
  expect(parse(text)).toMatchObject({ ok: false, reason: 'characters', message: expect.stringContaining(field) });
});

test('a number of one kind is no number of another', () => {
  expectTypeOf<OutTradeNo>().not.toExtend<TransactionId>();
  expectTypeOf<string>().not.toExtend<OutTradeNo>();
});

test('a message never repeats what was given, which may be anything', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8 }), (text) => {
      const read = parseMchid(text);
      expect(read.ok || !read.message.includes(text)).toBe(true);
    }),
  );
});
