import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { OPENED_MS } from '../core/testing/samples.ts';
import { NEXT_SECRET, SECRET, storedEvent } from './testing/samples.ts';
import { printWebhook, signWebhook } from './webhook-message.ts';

test('signs as the libraries of Standard Webhooks do', () => {
  // The vector that their tests have in common, such as libraries/javascript/src/index.test.ts.
  const signature = signWebhook('msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}', SECRET);
  expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('signs Chinese text as UTF-8, as another implementation of HMAC does', () => {
  const key = Buffer.from(SECRET.reveal().slice(6), 'base64');
  const expected = createHmac('sha256', key).update('evt_1.1700000000.{"note":"退款 😀"}').digest('base64');
  expect(signWebhook('evt_1', 1700000000, '{"note":"退款 😀"}', SECRET)).toBe(`v1,${expected}`);
});

test('the body is the event as it was committed, with type, time and number', () => {
  const { body } = printWebhook(storedEvent(), [SECRET], OPENED_MS + 61_500);
  expect(body).toBe(
    '{"type":"order.closed","timestamp":"2027-03-02T04:00:00.000Z","sequence":1,"data":{"orderId":"order-1","because":"expired"}}',
  );
});

test('the id and the body stay the same on every try, the time and the signature do not', () => {
  const [first, second] = [0, 60_000].map((lateMs) => printWebhook(storedEvent(), [SECRET], OPENED_MS + lateMs));
  expect(second?.body).toBe(first?.body);
  expect(second?.headers['webhook-id']).toBe(`evt_${'a'.repeat(32)}`);
  expect(first?.headers['webhook-timestamp']).toBe('1803960000');
  expect(second?.headers['webhook-timestamp']).toBe('1803960060');
  expect(second?.headers['webhook-signature']).not.toBe(first?.headers['webhook-signature']);
});

test('with two secrets there are two signatures, the same as each of them alone', () => {
  const sign = (...secrets: (typeof SECRET)[]) =>
    printWebhook(storedEvent(), secrets, OPENED_MS).headers['webhook-signature'];
  expect(sign(NEXT_SECRET, SECRET)).toBe(`${sign(NEXT_SECRET)} ${sign(SECRET)}`);
});
