import { describe, expect, test } from 'vitest';
import { NEXT_CERTIFICATE } from '../world/wechat-pay-keys.ts';
import { breachesOf, type EndedCall } from './law.ts';
import { type GatewayOperation, OPERATIONS } from './operations.ts';
import { createStage, finish, PUBLIC_KEYS, type Stage, type StageOptions } from './stage.ts';
import { subjectAt } from './subject.ts';
import { prepare, tryCall } from './try-call.ts';

const MANY = 50;
const MINUTE_MS = 60_000;

/** A moment at which something about the keys changes. */
type Moment = readonly [name: string, change: (stage: Stage) => unknown];

const share =
  (value: number) =>
  ({ simulator }: Stage): void => {
    simulator.world.settings.newCertificateShare = value;
  };

const ROTATION: readonly Moment[] = [
  ['WeChat Pay has a new certificate', ({ keys }) => keys.rotate(NEXT_CERTIFICATE)],
  ['it signs with the new one sometimes', share(0.3)],
  ['it signs with the new one always', share(1)],
  ['the old one is gone', ({ keys }) => keys.retire()],
];

const SWITCH: readonly Moment[] = [
  ['the merchant has asked for the public key', ({ keys }) => keys.setMode('switching')],
  ['the client has the public key', ({ client }) => client.keys.add(PUBLIC_KEYS)],
  ['there are no certificates any more', ({ keys }) => keys.setMode('public-key')],
];

/** The other order of things: the client has the key before WeChat Pay signs anything with it. */
const SWITCH_PREPARED: readonly Moment[] = [
  ['the client has the public key', ({ client }) => client.keys.add(PUBLIC_KEYS)],
  ['the merchant has asked for the public key', ({ keys }) => keys.setMode('switching')],
  ['there are no certificates any more', ({ keys }) => keys.setMode('public-key')],
];

/** Calls of every kind that a new order allows, and queries of it. */
const CALLED = ['native', 'queryByOutTradeNo', 'close', 'combineNative', 'refund'] as const;

const operationAt = (index: number): GatewayOperation => {
  const operation = OPERATIONS.find(({ name }) => name === CALLED[index % CALLED.length]);
  if (operation === undefined) throw new Error('every call of this list is an operation');
  return operation;
};

/** Fifty calls whose requests arrive late or whose answers do, so that they are out when the change happens. */
async function callAround(stage: Stage, round: number, change: Moment[1]): Promise<readonly EndedCall[]> {
  const { simulator, clock } = stage;
  const callNumbers = Array.from({ length: MANY }, (_, index) => round * MANY + index);
  for (const number of callNumbers) await prepare(stage, operationAt(number).prepare, subjectAt(number));
  for (const moment of ['before', 'after'] as const) {
    simulator.faults.add({ effect: { kind: 'slow', delayMs: 1_000 }, moment, aim: {}, probability: 0.5 });
  }
  const calls = callNumbers.map((number) => tryCall(stage, operationAt(number), subjectAt(number)));
  await clock.advance(500);
  await change(stage);
  const ended = await finish(clock, Promise.all(calls));
  simulator.faults.clear();
  return ended;
}

/** The ends of all calls that are not done, or not as the law has it, with the moment. */
async function astray(moments: readonly Moment[], gapMs: number, options: StageOptions = {}) {
  const stage = createStage('certificate', options);
  const found: string[] = [];
  for (const [round, [name, change]] of moments.entries()) {
    for (const call of await callAround(stage, round, change)) {
      const { outcome } = call;
      const told = outcome.outcome === 'unknown' ? outcome.reason : outcome.outcome;
      found.push(...[...(told === 'done' ? [] : [told]), ...breachesOf(call)].map((end) => `${name}: ${end}`));
    }
    await stage.clock.advance(gapMs);
  }
  const fetches = stage.simulator.world.calls.list().filter(({ operation }) => operation === 'v3/certificates');
  stage.simulator.close();
  return { found, fetchesCount: fetches.length };
}

describe('with fifty calls out at each moment, none ends other than done', () => {
  test('while a certificate takes over from another, which is fetched once', async () => {
    expect(await astray(ROTATION, 2 * MINUTE_MS)).toEqual({ found: [], fetchesCount: 2 });
  });

  test('while a merchant goes over from certificates to the public key', async () => {
    expect((await astray(SWITCH, 2 * MINUTE_MS)).found).toEqual([]);
    expect((await astray(SWITCH_PREPARED, 2 * MINUTE_MS)).found).toEqual([]);
  });

  test('while all of it happens without any pause, where the client has asked for the certificates in time', async () => {
    const [issued, ...others] = ROTATION;
    if (issued === undefined) throw new Error('a rotation begins with a certificate');
    const early: Moment = [
      issued[0],
      async (stage) => {
        await issued[1](stage);
        await finish(stage.clock, stage.client.keys.refresh());
      },
    ];
    expect((await astray([early, ...others, ...SWITCH], 0)).found).toEqual([]);
  });

  test('while a merchant that has only the public key is still answered with certificates', async () => {
    const moments: readonly Moment[] = [['nothing changes', () => {}], ...SWITCH.slice(0, 1), ...SWITCH.slice(2)];
    expect((await astray(moments, MINUTE_MS, { has: 'public-key' })).found).toEqual([]);
  });
});

test('a client that has the public key asks for it, so that no certificate is ever fetched', async () => {
  const stage = createStage('switching', { has: 'public-key' });
  const ended = await callAround(stage, 0, () => {});
  expect(new Set(ended.map(({ outcome }) => outcome.outcome))).toEqual(new Set(['done']));
  expect(stage.simulator.world.calls.list().map(({ operation }) => operation)).not.toContain('v3/certificates');
  stage.simulator.close();
});

test('a call under a certificate that came into use too soon after the last fetch is unknown, and never wrong', async () => {
  const tooSoon: Moment = [
    'a new certificate is used at once',
    (stage) => {
      stage.keys.rotate(NEXT_CERTIFICATE);
      share(1)(stage);
    },
  ];
  const { found } = await astray([tooSoon], 0);
  expect(new Set(found)).toEqual(new Set([`${tooSoon[0]}: unknown-serial`]));
});

test('a client whose clock was two hours ahead when it started is well as soon as the clock is right', async () => {
  let aheadMs = 120 * MINUTE_MS;
  const stage = createStage('certificate', {
    clientClock: ({ after, nowMs }) => ({ after, nowMs: () => nowMs() + aheadMs }),
  });
  const call = () => finish(stage.clock, tryCall(stage, operationAt(0), subjectAt(1)));
  const early = await call();
  expect(early.outcome).toMatchObject({ outcome: 'rejected', code: 'WECHATPAY_KEYS_MISSING' });
  aheadMs = 0;
  const right = await call();
  expect([right.outcome.outcome, breachesOf(early), breachesOf(right)]).toEqual(['done', [], []]);
  stage.simulator.close();
});
