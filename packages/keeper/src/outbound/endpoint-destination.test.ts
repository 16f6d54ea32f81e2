import { createVirtualClock } from '@orderkeeper/ports';
import { expect, test } from 'vitest';
import { OPENED_MS } from '../core/testing/samples.ts';
import { LEASE_MS } from '../work/work-context.ts';
import type { DeliveryEvent } from '../observe/delivery-event.ts';
import { createEndpointDestination } from './endpoint-destination.ts';
import { DISABLE_AFTER_MS, HANDLER_RETRY_AFTER_MS, RETRY_AFTER_MS } from './retry-schedule.ts';
import { createPretendReceiver, ENDPOINT, eventOf, storedEvent } from './testing/samples.ts';

const HOUR_MS = 3_600_000;

function createWorld() {
  const clock = createVirtualClock({ startMs: OPENED_MS });
  const receiver = createPretendReceiver();
  const events: DeliveryEvent[] = [];
  const observe = (event: DeliveryEvent): void => {
    events.push(event);
  };
  const destination = createEndpointDestination(ENDPOINT, { http: receiver.http, clock, observe });
  const send = async (): Promise<string> => (await destination.send(storedEvent())).sent;
  const disabled = (): readonly DeliveryEvent[] => events.filter(({ kind }) => kind === 'endpoint-disabled');
  return { clock, receiver, events, destination, send, disabled };
}

test('an event that was taken is done, and is observed without body and address', async () => {
  const { send, events } = createWorld();
  expect(await send()).toBe('done');
  expect(events).toEqual([
    {
      kind: 'event-sent',
      endpoint: 'shop',
      eventId: `evt_${'a'.repeat(32)}`,
      type: 'order.closed',
      orderId: 'order-1',
      mchid: '1900000109',
      outcome: 'delivered',
      message: 'answered 204',
      tookMs: 0,
      atMs: OPENED_MS,
    },
  ]);
});

test('an event that was not taken is tried again', async () => {
  const { send, receiver, disabled } = createWorld();
  receiver.reaction = 500;
  expect(await send()).toBe('again');
  expect(await send()).toBe('again');
  expect(disabled()).toEqual([]);
});

test('410 switches an endpoint off at once: a person is told once, and nothing more is sent', async () => {
  const { destination, send, receiver, disabled } = createWorld();
  receiver.reaction = 410;
  const atOnce = await Promise.all([destination.send(eventOf('order.paid')), destination.send(storedEvent())]);
  expect(atOnce.map(({ sent }) => sent)).toEqual(['refused', 'refused']);
  expect(disabled()).toMatchObject([{ endpoint: 'shop', because: 'gone', message: 'answered 410' }]);
  receiver.reaction = 204;
  expect(await send()).toBe('refused');
  expect(receiver.requests).toHaveLength(2);
});

test('days without success switch an endpoint off, and a person is told once', async () => {
  const { clock, send, receiver, disabled } = createWorld();
  receiver.reaction = 503;
  await send();
  await clock.advance(DISABLE_AFTER_MS - 1);
  expect(await send()).toBe('again');
  await clock.advance(1);
  expect(await send()).toBe('refused');
  expect(await send()).toBe('refused');
  expect(disabled()).toMatchObject([{ because: 'failing', message: 'answered 503' }]);
  expect(receiver.requests).toHaveLength(3);
});

test('one success between failures starts the count of days anew', async () => {
  const { clock, send, receiver, disabled } = createWorld();
  receiver.reaction = 503;
  await send();
  await clock.advance(DISABLE_AFTER_MS - 1);
  receiver.reaction = 200;
  await send();
  receiver.reaction = 503;
  await send();
  await clock.advance(DISABLE_AFTER_MS - 1);
  expect(await send()).toBe('again');
  expect(disabled()).toEqual([]);
});

test('the tries of an event go on for three days, each later than the one before', () => {
  const totalMs = RETRY_AFTER_MS.reduce((sum, waitMs) => sum + waitMs, 0);
  expect(totalMs).toBeGreaterThan(72 * HOUR_MS);
  expect(totalMs).toBeLessThan(96 * HOUR_MS);
  expect(RETRY_AFTER_MS).toEqual([...RETRY_AFTER_MS].sort((a, b) => a - b));
  expect(HANDLER_RETRY_AFTER_MS.slice(0, RETRY_AFTER_MS.length)).toEqual(RETRY_AFTER_MS);
});

test('a try ends within half a lease, so that a living process is never overtaken', async () => {
  const { send, receiver } = createWorld();
  await send();
  const { connectMs = LEASE_MS, answerMs = LEASE_MS } = receiver.requests[0]?.timeLimits ?? {};
  expect(connectMs + answerMs).toBeLessThan(LEASE_MS / 2);
});
