import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import type { Attempt, Order } from '../core/order.ts';
import { differingFields } from './differing-fields.ts';
import { attemptSample, mchid, NOON_MS, orderSample, paid, withAttempt } from './testing/samples.ts';

const ORDER = orderSample('o1');

const withContent = (changes: Partial<Attempt['content']>): Order =>
  withAttempt(ORDER, 'creating', { content: { ...attemptSample('a').content, ...changes } });

describe('a repeated request', () => {
  test('with the same content differs in nothing', () => {
    expect(differingFields(ORDER, orderSample('o1'))).toEqual([]);
  });

  test('names every field of the order that differs', () => {
    const wanted = { ...ORDER, mchid: mchid('1'), totalFen: fen(1), description: 'x', latePayment: 'reopen' } as const;
    expect(differingFields(ORDER, wanted)).toEqual(['mchid', 'totalFen', 'description', 'latePayment']);
  });

  test('names the fields that differ in how it is to be paid', () => {
    const wanted = withContent({ tradeType: 'APP', productId: 'kettle-5', attach: 'shop 7', sceneInfo: '{}' });
    expect(differingFields(ORDER, wanted)).toEqual(['tradeType', 'productId', 'attach', 'sceneInfo']);
  });

  test('from another network, or with the next code of the same payer, is the same request', () => {
    expect(differingFields(ORDER, withContent({ payerIp: '198.51.100.1', authCode: '134579504321098765' }))).toEqual(
      [],
    );
  });

  test('later, with the default expiry, is the same request', () => {
    const later = orderSample('o1', { createdAtMs: NOON_MS + 9, expiresAtMs: ORDER.expiresAtMs + 9 });
    expect(differingFields(ORDER, later)).toEqual([]);
  });

  test('later, for the same moment of expiry, is the same request', () => {
    expect(differingFields(ORDER, orderSample('o1', { createdAtMs: NOON_MS + 9 }))).toEqual([]);
  });

  test('for another moment and another length of time differs in its expiry', () => {
    expect(differingFields(ORDER, orderSample('o1', { expiresAtMs: ORDER.expiresAtMs + 1 }))).toEqual(['expiresAtMs']);
  });

  test('is compared with the order as it was opened, not with what became of it', () => {
    const longer = { ...paid(ORDER), attempts: [...paid(ORDER).attempts, attemptSample('second')] };
    expect(differingFields({ ...longer, expiresAtMs: ORDER.expiresAtMs + 60_000 }, ORDER)).toEqual([]);
  });
});
