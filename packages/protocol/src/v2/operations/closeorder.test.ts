import { expect, test } from 'vitest';
import { parseOutTradeNo } from '../../values/numbers.ts';
import { readFailure } from '../failure.ts';
import { fieldsOf, valueOf, vectorEnvelope, vectorFields } from '../messages.suite.ts';
import { closeorder } from './closeorder.ts';

test('an order is closed by the merchant’s number', () => {
  expect(valueOf(closeorder.printRequest({ outTradeNo: valueOf(parseOutTradeNo('1415983244')) }))).toEqual(
    fieldsOf({ out_trade_no: '1415983244' }),
  );
});

test('a close without a number is refused before it is sent', () => {
  // @ts-expect-error: callers without types get an answer too
  expect(closeorder.printRequest({})).toMatchObject({ reason: 'field-missing', message: 'out_trade_no is required' });
});

test('the captured success has no result_msg and an empty sub_mch_id, and is a success', () => {
  expect(vectorEnvelope('closeorder-success').kind).toBe('succeeded');
  expect(closeorder.readAnswer(vectorFields('closeorder-success'))).toEqual({ ok: true, value: {} });
});

test('the captured refusal while the payer is paying asks for a query first', () => {
  const envelope = vectorEnvelope('closeorder-busy-hmac', 'HMAC-SHA256');
  expect(envelope.kind === 'failed' && readFailure(closeorder, envelope)).toMatchObject({
    code: 'FREQUENCY_LIMITED',
    outcome: 'rejected',
    repeat: 'query',
    description: '你的操作过于频繁，请稍后再试。',
  });
});
