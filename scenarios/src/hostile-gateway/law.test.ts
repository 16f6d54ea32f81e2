import { createV3Client, type V3Client } from '@orderkeeper/client';
import { createSeededRandom, sleep } from '@orderkeeper/ports';
import { expect, test } from 'vitest';
import { V3_MERCHANTS } from '../world/shop.ts';
import type { AnswerFault } from './faults.ts';
import { OPERATIONS } from './operations.ts';
import type { Stage } from './stage.ts';
import { DEADLINE_MS, tryCell } from './try-call.ts';

type Lies = (honest: V3Client, stage: Stage) => Partial<V3Client>;

/** What the law says of a client that lies in one way, at an operation with a fault. */
const judge = async (name: string, lies: Lies, fault?: AnswerFault) => {
  const operation = OPERATIONS.find((one) => one.name === name);
  if (operation === undefined) throw new Error(`no operation is called ${name}`);
  const cell = { operation, mode: 'public-key', times: 'once', ...(fault === undefined ? {} : { fault }) } as const;
  const { breaches } = await tryCell(cell, (stage) => ({
    ...stage,
    client: { ...stage.client, ...lies(stage.client, stage) },
  }));
  return breaches;
};

/** A real one, which knows nothing of what the first was told. */
const anotherClient = ({ clock, watch }: Stage, unsignedRefusals: 'doubted' | 'believed'): V3Client =>
  createV3Client({
    merchant: V3_MERCHANTS['public-key'],
    http: watch.http,
    clock,
    random: createSeededRandom(3),
    unsignedRefusals,
  });

const LOST = { moment: 'before', effect: { kind: 'no-answer' } } as const;
const ANSWER_LOST = { moment: 'after', effect: { kind: 'no-answer' } } as const;
const SINGLE = { tookMs: 0, attempts: [] } as const;
const REFUSED = { ...SINGLE, outcome: 'rejected', meaning: '', remedy: '', message: '' } as const;

test('an honest client keeps the law where answers are lost', async () => {
  for (const fault of [LOST, ANSWER_LOST]) {
    for (const name of ['close', 'queryByOutTradeNo', 'refund'])
      expect(await judge(name, () => ({}), fault)).toEqual([]);
  }
});

test('a client that takes any silence for success breaks the law', async () => {
  const optimist: Lies = () => ({ close: () => Promise.resolve({ ...SINGLE, outcome: 'done', answer: {} }) });
  expect(await judge('close', optimist)).toEqual(['done, but the book says otherwise']);
});

test('a client that answers with what was true before breaks the law', async () => {
  const forgetful: Lies = (honest, { simulator }) => ({
    queryByOutTradeNo: async (request, options) => {
      const outcome = await honest.queryByOutTradeNo(request, options);
      simulator.payer.pay(request);
      const again = await honest.queryByOutTradeNo(request, options);
      if (again.outcome !== 'done' || outcome.outcome !== 'done') return outcome;
      return { ...again, answer: { ...again.answer, tradeState: 'CLOSED' } };
    },
  });
  expect(await judge('queryByOutTradeNo', forgetful)).toEqual(['done, but the book says otherwise']);
});

test('a client that has forgotten what it was told takes a replay for the truth and breaks the law', async () => {
  const restarted: Lies = (_, stage) => ({ queryByOutTradeNo: anotherClient(stage, 'doubted').queryByOutTradeNo });
  const replayed = { moment: 'after', effect: { kind: 'replayed' } } as const;
  expect(await judge('queryByOutTradeNo', () => ({}), replayed)).toEqual([]);
  expect(await judge('queryByOutTradeNo', restarted, replayed)).toEqual(['done, but the book says otherwise']);
});

test('a client that takes a lost answer for a refusal breaks the law', async () => {
  const pessimist: Lies = (honest) => ({
    close: async (request, options) => {
      const outcome = await honest.close(request, options);
      return outcome.outcome === 'done' ? { ...REFUSED, code: 'ORDER_PAID' } : outcome;
    },
  });
  expect(await judge('close', pessimist)).toEqual([
    'rejected with ORDER_PAID, but it has happened',
    'rejected with ORDER_PAID, which WeChat Pay has not said',
  ]);
});

test('a client that believes refusals which nobody has signed breaks the law', async () => {
  const gullible: Lies = (_, stage) => ({ close: anotherClient(stage, 'believed').close });
  const lie = { moment: 'after', effect: { kind: 'unsigned-error', code: 'ORDER_NOT_EXIST' } } as const;
  expect(await judge('close', gullible, lie)).toEqual([
    'rejected with ORDER_NOT_EXIST, but it has happened',
    'rejected with ORDER_NOT_EXIST, which WeChat Pay has not said',
  ]);
});

test('a client that sends a payer’s code again breaks the law, and so does one that is too late', async () => {
  const impatient: Lies = (honest) => ({
    codepay: async (request, options) => {
      await honest.codepay(request, { ...options, until: 'answered' });
      return honest.codepay(request, { ...options, until: 'answered' });
    },
  });
  expect(await judge('codepay, paid at once', impatient)).toContain('the payer’s code was sent 2 times');
  const slow: Lies = (honest, { clock }) => ({
    refund: async (request, options) => {
      const outcome = await honest.refund(request, options);
      await sleep(clock, DEADLINE_MS + 1);
      return outcome;
    },
  });
  expect(await judge('refund', slow)).toEqual([`it took ${DEADLINE_MS + 1} ms, ${DEADLINE_MS} ms were given`]);
});

test('a client that changes a refund when it repeats it breaks the law', async () => {
  const careless: Lies = (honest) => ({
    refund: async (request, options) => {
      await honest.refund({ ...request, refundDesc: 'first' }, options);
      return honest.refund(request, options);
    },
  });
  expect(await judge('refund', careless)).toContain('it was repeated with another content');
});

test('an answer that names nothing deceives every client when WeChat Pay itself gives it to another call', async () => {
  const mixedUp = { moment: 'after', effect: { kind: 'other-order' } } as const;
  expect(await judge('native', () => ({}), mixedUp)).toEqual(['done, but the book says otherwise']);
  expect(await judge('refund', () => ({}), mixedUp)).toEqual([]);
});
