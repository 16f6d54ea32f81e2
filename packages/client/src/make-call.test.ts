import { createSeededRandom, createVirtualClock, type Http } from '@orderkeeper/ports';
import { ok } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import type { Verdict } from './core/verdict.ts';
import { createHostSwitch } from './host-switch.ts';
import { type Call, createCallWorld, makeCall, type Prepared } from './make-call.ts';
import { answerText, finisher } from './testing/test-world.ts';

const HOSTS = { primary: 'https://one.example.com', secondary: 'https://two.example.com' };
const BUSY: Verdict<never> = { kind: 'unusable', reason: 'empty', status: 200, message: 'empty' };

function createWorld(http: Http = () => Promise.resolve(answerText(''))) {
  const clock = createVirtualClock({ startMs: 0 });
  const world = createCallWorld({ http, clock, random: createSeededRandom(1) }, '1900000001');
  return { clock, world, finish: finisher(clock) };
}

const callWith = (own: Partial<Call<string>>): Call<string> => ({
  operation: 'test',
  effect: 'changes',
  afterUnknown: 'repeat',
  hosts: createHostSwitch(HOSTS),
  timeLimits: { connectMs: 1_000, answerMs: 2_000 },
  deadlineMs: 10_000,
  prepare: (address) => ok({ method: 'GET', url: address, headers: {} }),
  judge: () => ({ kind: 'done', answer: 'answer' }),
  ...own,
});

describe('a request that is made aside', () => {
  test('counts from when it was ready, and not beyond the deadline', async () => {
    const { world, clock, finish } = createWorld();
    const prepare = async (address: string): Promise<Prepared> => {
      await new Promise<void>((resolve) => clock.after(400, resolve));
      return ok({ method: 'GET', url: address, headers: {} });
    };
    const outcome = await finish(makeCall(world, callWith({ prepare }), {}));
    expect(outcome).toMatchObject({ outcome: 'done', tookMs: 400, attempts: [{ startedAtMs: 400, tookMs: 0 }] });
    const late = await finish(makeCall(world, callWith({ prepare }), { deadlineMs: 400 }));
    expect(late).toMatchObject({ outcome: 'rejected', code: 'NO_TIME_LEFT', attempts: [] });
  });

  test('and is not ready in time leaves standing what an earlier attempt has shown', async () => {
    const { world, clock, finish } = createWorld();
    let count = 0;
    const prepare = async (address: string): Promise<Prepared> => {
      if ((count += 1) > 1) await new Promise<void>((resolve) => clock.after(10_000, resolve));
      return ok({ method: 'GET', url: address, headers: {} });
    };
    const outcome = await finish(makeCall(world, callWith({ prepare, judge: () => BUSY }), {}));
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'empty' });
    expect(outcome.attempts).toHaveLength(1);
  });
});

test('the requests that are out are counted, whatever becomes of them', async () => {
  const counts: number[] = [];
  const { world, finish } = createWorld((request) => {
    counts.push(world.exchanges.outCount());
    return request.url === HOSTS.primary ? Promise.reject(new Error('lost')) : Promise.resolve(answerText(''));
  });
  await finish(Promise.all([makeCall(world, callWith({}), {}), makeCall(world, callWith({}), {})]));
  expect(counts.slice(0, 2)).toEqual([1, 2]);
  expect(world.exchanges.outCount()).toBe(0);
});
