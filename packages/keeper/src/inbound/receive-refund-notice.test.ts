import { fen, parseApiKey } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import type { RefundReport } from '../core/observation.ts';
import {
  FIRST,
  outRefundNo,
  refundId,
  refundReported,
  refundWanted,
  SECOND_NO,
  trade,
} from '../core/testing/samples.ts';
import type { GatewayOutcome } from '../gateway/payment-gateway.ts';
import { createInboundWorld, type InboundWorld, refundNotice, type WorldChanges } from './testing/inbound-world.ts';

const PART_FEN = fen(990);

const answer = (changes: Partial<RefundReport> = {}): GatewayOutcome<RefundReport> => ({
  outcome: 'done',
  answer: {
    outRefundNo: outRefundNo('R1'),
    outTradeNo: FIRST,
    refundId: refundId('5000001'),
    refundFen: PART_FEN,
    state: 'succeeded',
    ...changes,
  },
  evidence: { source: 'refundquery api.mch.weixin.qq.com', body: new TextEncoder().encode('<xml>signed</xml>') },
});

/** A paid order with a refund on its way. */
async function createRefundWorld(changes: WorldChanges = {}): Promise<InboundWorld> {
  const world = await createInboundWorld({ look: () => Promise.resolve(answer()), ...changes });
  await world.observe(trade('SUCCESS'));
  await world.observe(refundWanted('R1', PART_FEN));
  await world.observe(refundReported('R1', PART_FEN, 'processing', { refundId: refundId('5000001') }));
  return world;
}

const refundStates = async (world: InboundWorld): Promise<readonly string[]> =>
  (await world.order()).refunds.map(({ state }) => state);

test('a refund notice makes us ask, and the signed answer is believed and kept (R4)', async () => {
  const world = await createRefundWorld();
  expect(await world.receive(refundNotice(PART_FEN))).toMatchObject({ verdict: 'applied', status: 200 });
  expect(world.looks).toEqual(['R1']);
  expect(await refundStates(world)).toEqual(['succeeded']);
  const last = (await world.timeline()).at(-1);
  expect(last?.source).toBe('refund notice, refundquery');
  expect(new TextDecoder().decode(last?.evidence)).toBe('<xml>signed</xml>');
  const told = await world.store.eventsAfter(0, 9);
  expect(told.map(({ type }) => type)).toEqual(['order.paid', 'refund.succeeded']);
});

test('its repetition is answered without asking again (R5)', async () => {
  const world = await createRefundWorld();
  await world.receive(refundNotice(PART_FEN));
  const entries = (await world.timeline()).length;
  expect(await world.receive(refundNotice(PART_FEN))).toMatchObject({ verdict: 'repeated', status: 200 });
  expect(world.looks).toHaveLength(1);
  expect(await world.timeline()).toHaveLength(entries);
});

test('repetitions at once lead to one event (R5)', async () => {
  const world = await createRefundWorld();
  const replies = await Promise.all(Array.from({ length: 5 }, () => world.receive(refundNotice(PART_FEN))));
  expect(replies.filter(({ verdict }) => verdict === 'applied')).toHaveLength(1);
  expect(await world.store.eventsAfter(0, 9)).toHaveLength(2);
});

test('a refund that was made elsewhere is taken into the books when WeChat Pay confirms it', async () => {
  const world = await createInboundWorld({ look: () => Promise.resolve(answer()) });
  await world.observe(trade('SUCCESS'));
  expect(await world.receive(refundNotice(PART_FEN))).toMatchObject({ verdict: 'applied' });
  expect((await world.order()).refunds).toMatchObject([{ outRefundNo: 'R1', reason: 'elsewhere', state: 'succeeded' }]);
});

describe('a refund notice that the answer does not confirm', () => {
  test.each<[string, GatewayOutcome<RefundReport | 'not-found'>, string]>([
    ['because the refund is still being processed', answer({ state: 'processing' }), 'busy'],
    [
      'because there is no answer',
      { outcome: 'unknown', says: 'nothing', code: 'TIMEOUT', message: 'no answer' },
      'busy',
    ],
    [
      'because the question is refused',
      { outcome: 'rejected', says: 'refused', code: 'NOAUTH', message: 'no' },
      'busy',
    ],
    ['because there is no such refund', { outcome: 'done', answer: 'not-found' }, 'quarantined'],
  ])('%s changes nothing and is to come again', async (_, outcome, verdict) => {
    const world = await createRefundWorld({ look: () => Promise.resolve(outcome) });
    const before = await world.order();
    const reply = await world.receive(refundNotice(PART_FEN));
    expect(reply.verdict).toBe(verdict);
    expect(reply.body).toContain('FAIL');
    expect(await world.order()).toEqual(before);
  });

  test('because the answer takes longer than WeChat Pay waits is given up in time', async () => {
    const world = await createRefundWorld({
      look: (signal) =>
        new Promise((resolve) => {
          signal?.addEventListener('abort', () =>
            resolve({ outcome: 'unknown', says: 'nothing', code: 'ABORTED', message: 'given up' }),
          );
        }),
    });
    const reply = world.receive(refundNotice(PART_FEN));
    await world.clock.advance(5_000);
    expect(await reply).toMatchObject({ verdict: 'busy', status: 503 });
    expect(world.events.at(-1)).toMatchObject({ kind: 'notice-received', tookMs: 4_000 });
  });

  test('because the merchant has no calls left asks nothing (R18)', async () => {
    const world = await createRefundWorld({ limits: { callsPerSecond: 1, burst: 0 } });
    expect(await world.receive(refundNotice(PART_FEN))).toMatchObject({ verdict: 'busy', status: 503 });
    expect(world.looks).toEqual([]);
  });
});

test('an answer that does not match what was asked for is set aside and alarmed (R4)', async () => {
  const world = await createRefundWorld({ look: () => Promise.resolve(answer({ refundFen: fen(1) })) });
  expect(await world.receive(refundNotice(PART_FEN))).toMatchObject({ verdict: 'quarantined' });
  expect(await refundStates(world)).toEqual(['processing']);
  expect(world.events.filter(({ kind }) => kind === 'alarm')).toHaveLength(1);
});

test('a refund notice about an order that is not ours is kept, and nothing is asked', async () => {
  const world = await createRefundWorld();
  const reply = await world.receive(refundNotice(PART_FEN, { outTradeNo: SECOND_NO }));
  expect(reply.verdict).toBe('unknown-order');
  expect(world.looks).toEqual([]);
});

test('a refund notice encrypted with another key is unverified, and nothing is asked', async () => {
  const key = parseApiKey('0123456789abcdef0123456789abcdef');
  if (!key.ok) throw new Error(key.message);
  const world = await createRefundWorld();
  expect(await world.receive(refundNotice(PART_FEN, { key: key.value }))).toMatchObject({ verdict: 'unverified' });
  expect(world.looks).toEqual([]);
});
