import { createVirtualClock, HttpFailure } from '@orderkeeper/ports';
import { expect, test } from 'vitest';
import { OPENED_MS } from '../core/testing/samples.ts';
import { sendEvent } from './send-event.ts';
import { createPretendReceiver, ENDPOINT, SECRET, storedEvent } from './testing/samples.ts';
import { verifyWebhook } from './verify-webhook.ts';

const clock = createVirtualClock({ startMs: OPENED_MS + 1_000 });

test('what is sent is what a receiver can verify', async () => {
  const receiver = createPretendReceiver();
  await sendEvent(storedEvent(), ENDPOINT, { http: receiver.http, clock });
  const [request] = receiver.requests;
  expect(request).toMatchObject({ method: 'POST', url: 'https://shop.example.com/hooks' });
  expect(request?.headers['content-type']).toBe('application/json');
  const { headers = {}, body = '' } = request ?? {};
  expect(verifyWebhook({ secrets: [SECRET], headers, body, nowMs: clock.nowMs() })).toEqual({
    ok: true,
    value: {
      eventId: `evt_${'a'.repeat(32)}`,
      type: 'order.closed',
      atMs: OPENED_MS,
      sequence: 1,
      data: { orderId: 'order-1', because: 'expired' },
    },
  });
});

test.each([
  [200, 'delivered'],
  [204, 'delivered'],
  [299, 'delivered'],
  [301, 'failed'],
  [400, 'failed'],
  [401, 'failed'],
  [404, 'failed'],
  [410, 'gone'],
  [429, 'failed'],
  [500, 'failed'],
  [503, 'failed'],
])('the answer %i means %s', async (status, outcome) => {
  const { http } = createPretendReceiver(status);
  expect(await sendEvent(storedEvent(), ENDPOINT, { http, clock })).toEqual({ outcome, message: `answered ${status}` });
});

test('no answer means failed, and says why without the address', async () => {
  const { http } = createPretendReceiver(new HttpFailure('connect-timeout', 'not-sent', 'shop.example.com'));
  const delivery = await sendEvent(storedEvent(), ENDPOINT, { http, clock });
  expect(delivery).toEqual({ outcome: 'failed', message: 'no answer: connect-timeout' });
});

test('even a broken transport makes it fail and nothing worse', async () => {
  const http = (): Promise<never> => Promise.reject(new TypeError('https://shop.example.com/hooks?token=x'));
  const delivery = await sendEvent(storedEvent(), ENDPOINT, { http, clock });
  expect(delivery).toEqual({ outcome: 'failed', message: 'could not be sent: TypeError' });
});
