import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTestEvent } from './create-test-event.ts';
import { EVENT_TYPES } from './event-data.ts';
import { NEXT_SECRET, SECRET, storedEvent } from './testing/samples.ts';
import { type ReceivedWebhook, verifyWebhook } from './verify-webhook.ts';
import { printWebhook, signWebhook } from './webhook-message.ts';

const NOW_MS = 1_800_000_000_000;
const MINUTE_MS = 60_000;

const MESSAGE = createTestEvent({ type: 'order.paid', secrets: [SECRET], nowMs: NOW_MS });

const receive = (changes: Partial<ReceivedWebhook> = {}) =>
  verifyWebhook({ secrets: [SECRET], nowMs: NOW_MS, ...MESSAGE, ...changes });

const reasonOf = (changes: Partial<ReceivedWebhook>): string => {
  const verified = receive(changes);
  return verified.ok ? 'taken' : verified.reason;
};

describe('a genuine message', () => {
  test.each(EVENT_TYPES)('of type %s is taken, as the test helper makes it', (type) => {
    const message = createTestEvent({ type, secrets: [SECRET], nowMs: NOW_MS, sequence: 3 });
    const verified = receive(message);
    expect(verified).toMatchObject({ ok: true, value: { type, atMs: NOW_MS, sequence: 3 } });
  });

  test('tells its id, and data that the type narrows', () => {
    const verified = receive();
    if (!verified.ok || verified.value.type !== 'order.paid') throw new Error('not taken');
    expect(verified.value.eventId).toBe(`evt_${'0'.repeat(32)}`);
    expect(verified.value.data.totalFen).toBe(1990);
  });

  test('is taken as bytes too, with headers in any case, and with those of lists', () => {
    const headers = Object.fromEntries(
      Object.entries(MESSAGE.headers).map(([name, value]) => [name.toUpperCase(), [value]]),
    );
    expect(reasonOf({ headers, body: new TextEncoder().encode(MESSAGE.body) })).toBe('taken');
  });

  test('can be made for a test with data of its own', () => {
    const secrets = [SECRET];
    const message = createTestEvent({
      type: 'order.paid',
      secrets,
      nowMs: NOW_MS,
      data: { orderId: '茶 7', totalFen: 1 },
    });
    expect(receive(message)).toMatchObject({
      ok: true,
      value: { data: { orderId: '茶 7', totalFen: 1, mchid: '1900000109' } },
    });
  });

  test('is taken through every step of a change of secrets', () => {
    const [old, next] = [SECRET, NEXT_SECRET];
    const sendAndReceive = (sending: (typeof SECRET)[], receiving: (typeof SECRET)[]): string =>
      reasonOf({ ...createTestEvent({ type: 'order.paid', secrets: sending, nowMs: NOW_MS }), secrets: receiving });
    expect(sendAndReceive([old, next], [old])).toBe('taken');
    expect(sendAndReceive([old, next], [old, next])).toBe('taken');
    expect(sendAndReceive([old, next], [next])).toBe('taken');
    expect(sendAndReceive([next], [old, next])).toBe('taken');
    expect(sendAndReceive([next], [old])).toBe('signature-mismatch');
  });

  test('may carry signatures of other versions beside ours', () => {
    const headers = {
      ...MESSAGE.headers,
      'webhook-signature': `v1a,AAAA ${MESSAGE.headers['webhook-signature']} v2,x`,
    };
    expect(reasonOf({ headers })).toBe('taken');
  });
});

describe('a message is refused', () => {
  test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('when it has no %s', (name) => {
    expect(reasonOf({ headers: { ...MESSAGE.headers, [name]: undefined } })).toBe('header-missing');
  });

  test.each([
    ['another id', { 'webhook-id': 'evt_other' }],
    ['another time', { 'webhook-timestamp': String(NOW_MS / 1000 - 1) }],
    ['another signature', { 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' }],
    ['no version before the signature', { 'webhook-signature': MESSAGE.headers['webhook-signature']?.slice(3) }],
    [
      'the right signature under another version',
      { 'webhook-signature': MESSAGE.headers['webhook-signature']?.replace('v1', 'v2') },
    ],
  ])('when it has %s', (_, headers) => {
    expect(reasonOf({ headers: { ...MESSAGE.headers, ...headers } })).toBe('signature-mismatch');
  });

  test('when its time is no number', () => {
    expect(reasonOf({ headers: { ...MESSAGE.headers, 'webhook-timestamp': 'now' } })).toBe('timestamp-malformed');
  });

  test('when any character of its body was changed', () => {
    fc.assert(
      fc.property(fc.nat(MESSAGE.body.length - 1), fc.string({ minLength: 1, maxLength: 3 }), (at, text) => {
        const body = `${MESSAGE.body.slice(0, at)}${text}${MESSAGE.body.slice(at + 1)}`;
        fc.pre(body !== MESSAGE.body);
        expect(reasonOf({ body })).toBe('signature-mismatch');
      }),
    );
  });

  test('when a parsed body was printed again', () => {
    const body = JSON.stringify(JSON.parse(MESSAGE.body), undefined, 1);
    expect(reasonOf({ body })).toBe('signature-mismatch');
  });

  test('when it is not UTF-8', () => {
    expect(reasonOf({ body: Uint8Array.of(0xff, 0xfe) })).toBe('body-malformed');
  });

  test.each([
    [5 * MINUTE_MS, 'taken'],
    [5 * MINUTE_MS + 1, 'too-old'],
    [-5 * MINUTE_MS, 'taken'],
    [-5 * MINUTE_MS - 1, 'too-new'],
  ])('when it is %i ms old: %s', (ageMs, expected) => {
    expect(reasonOf({ nowMs: NOW_MS + ageMs })).toBe(expected);
  });

  test('earlier or later when the receiver says so', () => {
    expect(reasonOf({ nowMs: NOW_MS + 1_001, toleranceMs: 1_000 })).toBe('too-old');
    expect(reasonOf({ nowMs: NOW_MS + 60 * MINUTE_MS, toleranceMs: 61 * MINUTE_MS })).toBe('taken');
  });

  test.each([
    ['no JSON', 'order-1'],
    ['a text', '"order-1"'],
    ['the data of another event', '{"orderId":"order-1"}'],
  ])('when its data is %s', (_, data) => {
    expect(reasonOf(printWebhook(storedEvent({ data }), [SECRET], NOW_MS))).toBe('body-malformed');
  });

  test('apart when it is genuine and of a type that this version does not know', () => {
    const body = MESSAGE.body.replace('order.paid', 'order.sung_about');
    const id = MESSAGE.headers['webhook-id'] ?? '';
    const signature = signWebhook(id, NOW_MS / 1000, body, SECRET);
    expect(reasonOf({ body, headers: { ...MESSAGE.headers, 'webhook-signature': signature } })).toBe('unknown-event');
  });
});
