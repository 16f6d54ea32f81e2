import type { V3Client } from '@orderkeeper/client';
import type { KeyMode, NoticeEffect } from '@orderkeeper/simulator';
import { describe, expect, test } from 'vitest';
import { NEXT_CERTIFICATE } from '../world/wechat-pay-keys.ts';
import { createNoticeDesk, isForged, isInBook, type ReadNotice } from './notice-desk.ts';
import { type GatewayOperation, OPERATIONS } from './operations.ts';
import { createStage, finish, PUBLIC_KEYS, type Stage } from './stage.ts';
import { subjectAt } from './subject.ts';
import { prepare } from './try-call.ts';

const MINUTE_MS = 60_000;
const HEADERS = ['timestamp', 'nonce', 'signature', 'serial', 'signature-type'] as const;

/** Two more are told by WeChat Pay itself, of another amount or merchant: the receiver is to see that. */
const EFFECTS: readonly NoticeEffect[] = [
  { kind: 'notice-forged' },
  { kind: 'notice-missing-sign' },
  ...HEADERS.map((header) => ({ kind: 'notice-missing-header' as const, header })),
  { kind: 'notice-sign-test' },
  { kind: 'notice-wrong-serial' },
  { kind: 'notice-stranger-key' },
  ...[-10, -4, 4, 10].map((minutes) => ({ kind: 'notice-clock-skew' as const, skewMs: minutes * MINUTE_MS })),
  { kind: 'notice-body-changed' },
  { kind: 'notice-replayed' },
  { kind: 'notice-replayed-other' },
  { kind: 'notice-other-order' },
  { kind: 'notice-doubled' },
  { kind: 'notice-delayed', delayMs: 5_000 },
  { kind: 'notice-dropped' },
];

/** What is told of, and by which steps of which operation it comes about. */
const SUBJECTS = [
  ['pay', 'refund'],
  ['combine', 'combineQuery'],
  ['refund', 'refundQuery'],
] as const;

const stepsOf = (name: string): readonly GatewayOperation['prepare'][number][] => {
  const operation = OPERATIONS.find((one) => one.name === name);
  if (operation === undefined) throw new Error(`no operation is called ${name}`);
  const { meanwhile } = operation;
  return name === 'refund' || meanwhile === undefined ? operation.prepare : [...operation.prepare, meanwhile];
};

const stageWithDesk = (mode: KeyMode, seed = 1): { readonly stage: Stage; readonly notices: ReadNotice[] } => {
  const desk = createNoticeDesk((): V3Client => stage.client);
  const stage = createStage(mode, { http: desk.http, seed });
  if (mode === 'switching') stage.client.keys.add(PUBLIC_KEYS);
  return { stage, notices: desk.notices };
};

describe.each(SUBJECTS)('a notice of kind %s', (kind, operation) => {
  test.each(['certificate', 'public-key', 'switching'] as const)(
    'is believed when it is true and never when it is forged, in key mode %s',
    async (mode) => {
      for (const [at, effect] of EFFECTS.entries()) {
        const { stage, notices } = stageWithDesk(mode, at);
        const { simulator, clock } = stage;
        await prepare(stage, stepsOf(operation), subjectAt(1));
        await clock.advance(1_000);
        const first = simulator.notices.list().find((notice) => notice.kind === kind);
        simulator.faults.add({ effect, moment: 'notice', aim: { operation: `${kind}-notice` }, times: 2 });
        await finish(clock, simulator.notices.replay(first?.id ?? ''));
        const before = notices.length;
        await prepare(stage, stepsOf(operation), subjectAt(2));
        await clock.advance(10 * MINUTE_MS);

        const struck = simulator.notices
          .list()
          .flatMap(({ tries }) => tries.filter(({ faults }) => faults.length > 0))
          .map(({ requestText }) => requestText);
        expect(struck.length).toBeGreaterThanOrEqual(2);
        for (const { read, text } of notices) {
          const isTrue = typeof read !== 'string' && isInBook(read, simulator.world);
          expect({ effect, isTrue }).toEqual({ effect, isTrue: !(struck.includes(text) && isForged(effect)) });
        }
        expect(notices.length).toBeGreaterThan(before);
        expect(simulator.notices.list().map(({ state }) => state)).not.toContain('waiting');
        simulator.close();
      }
    },
  );
});

describe('while keys change', () => {
  const MANY = 50;
  const payAll = async ({ stage }: ReturnType<typeof stageWithDesk>, from: number): Promise<void> => {
    const { client, simulator, clock } = stage;
    const subjects = Array.from({ length: MANY }, (_, at) => subjectAt(from + at));
    for (const subject of subjects) await prepare(stage, stepsOf('queryByOutTradeNo').slice(0, 1), subject);
    for (const { outTradeNo } of subjects) simulator.payer.pay({ outTradeNo });
    await clock.advance(1_000);
    expect(client.keys.current().size).toBeGreaterThan(0);
  };
  const fetchesOf = ({ stage }: ReturnType<typeof stageWithDesk>): number =>
    stage.simulator.world.calls.list().filter(({ operation }) => operation === 'v3/certificates').length;
  const failuresOf = ({ notices }: ReturnType<typeof stageWithDesk>) =>
    notices.map(({ read }) => read).filter((read) => typeof read === 'string');

  test('fifty notices under a new certificate are all read after one fetch', async () => {
    const desk = stageWithDesk('certificate');
    await payAll(desk, 1);
    expect(fetchesOf(desk)).toBe(1);
    await desk.stage.clock.advance(2 * MINUTE_MS);
    desk.stage.keys.rotate(NEXT_CERTIFICATE);
    for (const share of [0.5, 1]) {
      desk.stage.simulator.world.settings.newCertificateShare = share;
      const { simulator } = desk.stage;
      await payAll(desk, share * 1_000);
      expect(simulator.notices.list().every(({ state }) => state === 'delivered')).toBe(true);
    }
    expect([desk.notices.length, failuresOf(desk), fetchesOf(desk)]).toEqual([3 * MANY, [], 2]);
  });

  test('a merchant with the public key alone reads notices of both kinds while it is switched', async () => {
    const desk = createNoticeDesk((): V3Client => stage.client);
    const stage = createStage('switching', { http: desk.http, has: 'public-key' });
    await payAll({ stage, notices: desk.notices }, 1);
    stage.keys.setMode('public-key');
    await payAll({ stage, notices: desk.notices }, 100);
    expect(failuresOf({ stage, notices: desk.notices })).toEqual([]);
    expect(fetchesOf({ stage, notices: desk.notices })).toBe(1);
  });

  test('forged certificates bring about one fetch a minute at most', async () => {
    const desk = stageWithDesk('certificate');
    await payAll(desk, 1);
    await desk.stage.clock.advance(2 * MINUTE_MS);
    const [first] = desk.notices;
    const before = fetchesOf(desk);
    for (let at = 0; at < 20; at++) {
      const serial = `${String(at).padStart(2, '0')}EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE`;
      const headers = { ...HEADERS_OF_A_NOTICE, 'wechatpay-serial': serial };
      const body = Buffer.from(first?.text ?? '');
      expect(await desk.stage.client.readNotice({ headers, body })).toMatchObject({ ok: false });
      await desk.stage.clock.advance(6_000);
    }
    expect(fetchesOf(desk) - before).toBe(2);
  });
});

const HEADERS_OF_A_NOTICE = {
  'wechatpay-timestamp': '1795503600',
  'wechatpay-nonce': 'NONCE000000000000000000000000000',
  'wechatpay-signature': Buffer.alloc(256, 7).toString('base64'),
  'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
};
