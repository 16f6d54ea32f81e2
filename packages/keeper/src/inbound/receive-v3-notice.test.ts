import { createPrivateKey } from 'node:crypto';
import type { Http } from '@orderkeeper/ports';
import { fen, parseApiV3Key, parseMchid } from '@orderkeeper/protocol';
import { createSimulator, merchantOfAccount } from '@orderkeeper/simulator';
import { describe, expect, test } from 'vitest';
import {
  APPID,
  MCHID,
  OPENED_MS,
  OTHER_APPID,
  OTHER_MCHID,
  outRefundNo,
  refund,
  SECOND,
  SECOND_NO,
  trade,
} from '../core/testing/samples.ts';
import { ACCOUNT, given } from '../testing/keeper-world.ts';
import { CERTIFICATES, V3_MERCHANT, V3_MERCHANT_WITH_KEY } from '../testing/v3-world.ts';
import {
  createInboundWorld,
  incoming,
  type InboundWorld,
  payNotice,
  type WorldChanges,
} from './testing/inbound-world.ts';
import { certificateSeal, eventNotice, payV3Notice, readerOf, refundV3Notice, sealOf } from './testing/v3-notices.ts';

const PART_FEN = fen(990);
const OTHER_KEY = given(parseApiV3Key('abcdefghijklmnopqrstuvwxyz012345'));
const OTHER_SUB = given(parseMchid('1900000777'));

const createWorld = (changes: WorldChanges = {}): Promise<InboundWorld> =>
  createInboundWorld({ readers: ({ v2, clock }) => ({ v2, v3: readerOf(clock) }), ...changes });

/** A paid order with a refund that WeChat Pay is working on. */
async function createRefundWorld(): Promise<InboundWorld> {
  const world = await createWorld();
  await world.observe(trade('SUCCESS'));
  await world.observe({ kind: 'refund-wanted', refund: refund('R1', PART_FEN) });
  return world;
}

const eventTypes = async ({ store }: InboundWorld): Promise<readonly string[]> =>
  (await store.eventsAfter(0, 100)).map(({ type }) => type);
const alarms = ({ events }: InboundWorld): readonly string[] =>
  events.flatMap((event) => (event.kind === 'alarm' ? [event.alarm.kind] : []));

async function expectUntouched(world: InboundWorld): Promise<void> {
  expect(await world.order()).toMatchObject({ state: 'open', eventCount: 0 });
  expect(await world.timeline()).toHaveLength(2);
}

/** Whether a notice was kept: its id is taken then. */
async function isKept({ store }: InboundWorld, world: { readonly kept: readonly string[] }): Promise<boolean> {
  const again = await Promise.all(
    world.kept.map((noticeId) =>
      store.keepNotice({ noticeId, mchid: MCHID, atMs: 0, body: new Uint8Array(), verdict: '' }),
    ),
  );
  return again.every((result) => result === 'seen-before');
}

/** A world that writes down the ids of the notices which it keeps. */
async function createKeepingWorld(): Promise<{ readonly world: InboundWorld; readonly kept: string[] }> {
  const kept: string[] = [];
  const world = await createWorld({
    wrapStore: (store) => ({
      ...store,
      keepNotice: (notice) => {
        kept.push(notice.noticeId);
        return store.keepNotice(notice);
      },
      change: (id, decide) =>
        store.change(id, (order) => {
          const change = decide(order);
          if (change?.notice !== undefined) kept.push(change.notice.noticeId);
          return change;
        }),
    }),
  });
  return { world, kept };
}

describe('a true notice of APIv3', () => {
  test('makes the order paid, tells of it once, and is answered by its status alone', async () => {
    const world = await createWorld();
    expect(await world.receive(payV3Notice())).toEqual({
      status: 204,
      headers: { 'cache-control': 'no-store' },
      body: '',
      verdict: 'applied',
    });
    expect(await world.order()).toMatchObject({
      state: 'paid',
      attempts: [{ payment: { totalFen: 1990, learnedBy: 'notice', paidAtMs: OPENED_MS + 20 * SECOND } }],
    });
    expect(await eventTypes(world)).toEqual(['order.paid']);
  });

  test('is kept byte for byte as evidence of what it changed', async () => {
    const world = await createWorld();
    const notice = payV3Notice();
    await world.receive(notice);
    const last = (await world.timeline()).at(-1);
    expect(last).toMatchObject({ source: 'notice' });
    expect(Buffer.from(last?.evidence ?? [])).toEqual(Buffer.from(notice.body));
  });

  test('that comes again, sealed and signed anew, changes nothing and is the same notice (R5)', async () => {
    const { world, kept } = await createKeepingWorld();
    const first = payV3Notice();
    const again = payV3Notice();
    expect(Buffer.from(again.body)).not.toEqual(Buffer.from(first.body));
    expect(await world.receive(first)).toMatchObject({ verdict: 'applied' });
    expect(await world.receive(again)).toMatchObject({ verdict: 'repeated', status: 204 });
    expect(kept).toHaveLength(2);
    expect(new Set(kept).size).toBe(1);
    expect(await isKept(world, { kept })).toBe(true);
    expect(await eventTypes(world)).toEqual(['order.paid']);
    expect(await world.timeline()).toHaveLength(3);
  });

  test('that comes twenty times at once is applied once (R5)', async () => {
    const world = await createWorld();
    const replies = await Promise.all(Array.from({ length: 20 }, () => world.receive(payV3Notice())));
    const verdicts = replies.map(({ verdict }) => verdict).toSorted();
    expect(verdicts).toEqual(['applied', ...Array.from({ length: 19 }, () => 'repeated')]);
    expect(await eventTypes(world)).toEqual(['order.paid']);
  });

  test('and one of the classic API may follow each other at one address, each answered in its own form', async () => {
    const world = await createWorld();
    expect(await world.receive(payV3Notice())).toMatchObject({ verdict: 'applied', status: 204 });
    const members = { transaction_id: '4200000001202704190000000001' };
    const classic = await world.receive(payNotice({ fields: members }));
    expect(classic.body).toContain('<xml>');
    expect(classic.status).toBe(200);
  });
});

describe('a notice of APIv3 that nobody vouches for', () => {
  const forged = payV3Notice({}, sealOf({ privateKey: createPrivateKey(CERTIFICATES.merchant.privateKeyPem) }));
  const { 'wechatpay-serial': _serial, ...withoutSerial } = payV3Notice().headers;
  const true_ = payV3Notice();
  const changed = new TextDecoder().decode(true_.body).replace('TRANSACTION.SUCCESS', 'TRANSACTION.SUCCESs');
  test.each([
    ['signed with another key', forged],
    ['changed on its way', { ...true_, body: new TextEncoder().encode(changed) }],
    ['signed an hour ago', payV3Notice({}, sealOf({ nowMs: OPENED_MS - 3_600 * SECOND }))],
    ['without one of the headers', { ...payV3Notice(), headers: withoutSerial }],
    ['with headers that are none', { ...payV3Notice(), headers: { 'wechatpay-timestamp': 'now' } }],
    ['without any header', incoming('{"id":"EV-2018022511223320873"}', { headers: {} })],
    ['of a public key that is not known', payV3Notice({}, sealOf({ serial: 'PUB_KEY_ID_0000' }))],
    ['of nothing', incoming('', { headers: payV3Notice().headers })],
  ])('%s is refused with a status, changes nothing and is not kept (R4)', async (_, notice) => {
    const { world, kept } = await createKeepingWorld();
    const reply = await world.receive(notice);
    expect(reply).toMatchObject({ verdict: 'unverified', status: 401 });
    expect(JSON.parse(reply.body)).toMatchObject({ code: 'FAIL', message: expect.any(String) });
    expect(reply.headers['content-type']).toContain('application/json');
    expect(kept).toEqual([]);
    await expectUntouched(world);
  });

  test('is a probe when its signature says so: counted apart, refused like any other, and wakes nobody (R19)', async () => {
    const world = await createWorld();
    const notice = payV3Notice();
    const headers = { ...notice.headers, 'wechatpay-signature': 'WECHATPAY/SIGNTEST/AbCd==' };
    expect(await world.receive({ ...notice, headers })).toMatchObject({ verdict: 'probe', status: 401 });
    expect(world.events).toMatchObject([{ kind: 'notice-received', verdict: 'probe' }]);
    await expectUntouched(world);
  });

  test('says nothing of keys and signatures in reply and events (R20)', async () => {
    const world = await createWorld();
    const reply = await world.receive(forged);
    for (const text of [reply.body, JSON.stringify(world.events)]) {
      expect(text).not.toContain(forged.headers['wechatpay-signature']);
      expect(text).not.toContain(ACCOUNT.v3Key);
    }
  });

  test.each([
    ['a message of APIv3', payV3Notice(), { v2: true }, 401],
    ['a message of the classic API', payNotice(), { v3: true }, 200],
  ])('%s cannot be read by a merchant without keys for it, and says so', async (_, notice, has, status) => {
    const world = await createInboundWorld({
      readers: ({ v2, clock }) => ('v2' in has ? { v2 } : { v3: readerOf(clock) }),
    });
    expect(await world.receive(notice)).toMatchObject({ verdict: 'unverified', status });
    expect(world.events.at(-1)).toMatchObject({ message: expect.stringContaining('the merchant has no') });
    await expectUntouched(world);
  });

  test('in an address that belongs to no merchant is not even read, and refused in its own form', async () => {
    const world = await createWorld();
    const reply = await world.receive({ ...payV3Notice(), mchid: given(parseMchid('1000000000')) });
    expect(reply).toMatchObject({ verdict: 'unknown-merchant', status: 404 });
    expect(JSON.parse(reply.body)).toMatchObject({ code: 'FAIL' });
  });
});

describe('a signed notice of APIv3 that does not match', () => {
  test.each([
    ['another amount', payV3Notice({ totalFen: fen(1991) }), 'totalFen'],
    ['another appid', payV3Notice({ appid: OTHER_APPID }), 'appid'],
    ['another merchant', payV3Notice({ mchid: OTHER_MCHID }), 'mchid'],
    [
      'another currency',
      payV3Notice({ members: { amount: { total: 1990, payer_total: 1990, currency: 'USD' } } }),
      'feeType',
    ],
  ])('in %s is set aside and alarmed once, and is to come again (R4)', async (_, notice, field) => {
    const world = await createWorld();
    const reply = await world.receive(notice);
    expect(reply).toMatchObject({ verdict: 'quarantined', status: 500 });
    expect(JSON.parse(reply.body)).toEqual({ code: 'FAIL', message: `does not match the order: ${field}` });
    expect(await world.receive(notice)).toMatchObject({ verdict: 'quarantined' });
    expect(alarms(world)).toEqual(['quarantined']);
    expect(await world.order()).toMatchObject({ state: 'open', attempts: [{ quarantined: { fields: [field] } }] });
  });

  test.each([
    ['in a number that cannot be read', payV3Notice({ members: { transaction_id: '' } })],
    ['in an amount that cannot be read', payV3Notice({ members: { amount: { total: 'a lot' } } })],
    ['in its own state', payV3Notice({ members: { trade_state: 'NOTPAY' } })],
    ['because it does not open with the APIv3 key', payV3Notice({}, sealOf({ apiV3Key: OTHER_KEY }))],
    [
      'in what a refund has come to',
      eventNotice({
        eventType: 'REFUND.SUCCESS',
        originalType: 'refund',
        resource: {
          mchid: MCHID,
          out_trade_no: 'A1',
          transaction_id: '4200000001202704190000000001',
          out_refund_no: 'R1',
          refund_id: '50300000012027041900000000001',
          refund_status: 'CLOSED',
          amount: { total: 1990, refund: 990, payer_total: 1990, payer_refund: 990 },
        },
      }),
    ],
  ])('%s is kept for a person, and is to come again', async (_, notice) => {
    const { world, kept } = await createKeepingWorld();
    expect(await world.receive(notice)).toMatchObject({ verdict: 'quarantined', status: 500 });
    expect(kept).toHaveLength(1);
    await expectUntouched(world);
  });
});

describe('a signed notice of APIv3 for somebody else', () => {
  const combined = {
    combine_appid: APPID,
    combine_mchid: MCHID,
    combine_out_trade_no: 'COMBINE1',
    sub_orders: [
      {
        mchid: MCHID,
        trade_type: 'JSAPI',
        trade_state: 'SUCCESS',
        bank_type: 'OTHERS',
        attach: '',
        success_time: '2027-03-01T10:00:00+08:00',
        transaction_id: '4200000001202704190000000001',
        out_trade_no: 'A1SUB1',
        amount: { total_amount: 10, payer_amount: 10, currency: 'CNY', payer_currency: 'CNY' },
      },
    ],
    combine_payer_info: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
  };

  test.each([
    ['about an order that is not ours', payV3Notice({ outTradeNo: SECOND_NO }), 'A2'],
    ['about a refund of an order that is not ours', refundV3Notice(PART_FEN, { outTradeNo: SECOND_NO }), 'A2'],
    ['about orders that were paid together', eventNotice({ resource: combined }), 'COMBINE1'],
    ['about an event that is none of ours', eventNotice({ eventType: 'PAYSCORE.USER_PAID' }), 'PAYSCORE.USER_PAID'],
  ])('%s is kept, and is to come again', async (_, notice, named) => {
    const { world, kept } = await createKeepingWorld();
    expect(await world.receive(notice)).toMatchObject({ verdict: 'unknown-order', status: 404 });
    expect(world.events.at(-1)).toMatchObject({ message: expect.stringContaining(named) });
    expect(kept).toHaveLength(1);
    await expectUntouched(world);
  });

  test('of the same service provider but another sub-merchant is not taken for ours', async () => {
    const merchant = { ...V3_MERCHANT_WITH_KEY, subMchid: OTHER_MCHID };
    const world = await createInboundWorld({ readers: ({ clock }) => ({ v3: readerOf(clock, { merchant }) }) });
    const party = (subMchid: string) => ({ sp_mchid: MCHID, sp_appid: APPID, sub_mchid: subMchid });
    expect(await world.receive(payV3Notice({ members: party(OTHER_SUB) }))).toMatchObject({ verdict: 'unknown-order' });
    const others = refundV3Notice(PART_FEN, { members: party(OTHER_SUB) });
    expect(await world.receive(others)).toMatchObject({ verdict: 'unknown-order' });
    await expectUntouched(world);
    expect(await world.receive(payV3Notice({ members: party(OTHER_MCHID) }))).toMatchObject({ verdict: 'applied' });
  });
});

describe('a refund notice of APIv3', () => {
  test.each([
    ['SUCCESS', 'succeeded', 'refund.succeeded'],
    ['CHANGE', 'abnormal', 'refund.abnormal'],
    ['REFUNDCLOSE', 'closed', 'refund.closed'],
  ] as const)('is believed because it is signed: %s is %s, and nobody is asked', async (refundStatus, state, event) => {
    const world = await createRefundWorld();
    expect(await world.receive(refundV3Notice(PART_FEN, { refundStatus }))).toMatchObject({
      verdict: 'applied',
      status: 204,
    });
    expect(world.looks).toEqual([]);
    expect((await world.order()).refunds).toMatchObject([{ state, refundFen: 990 }]);
    expect(await eventTypes(world)).toEqual(['order.paid', event]);
    const last = (await world.timeline()).at(-1);
    expect(last).toMatchObject({ source: 'refund notice', evidence: expect.any(Uint8Array) });
  });

  test('that comes again is the same, and a later success of one that waited for a person is not lost (R5, R12)', async () => {
    const world = await createRefundWorld();
    const abnormal = { refundStatus: 'CHANGE' } as const;
    expect(await world.receive(refundV3Notice(PART_FEN, abnormal))).toMatchObject({ verdict: 'applied' });
    expect(await world.receive(refundV3Notice(PART_FEN, abnormal))).toMatchObject({ verdict: 'repeated' });
    expect(await world.receive(refundV3Notice(PART_FEN))).toMatchObject({ verdict: 'applied' });
    expect(await world.receive(refundV3Notice(PART_FEN))).toMatchObject({ verdict: 'repeated' });
    expect(await eventTypes(world)).toEqual(['order.paid', 'refund.abnormal', 'refund.succeeded']);
  });

  test.each([
    ['another amount', refundV3Notice(fen(991)), 'refundFen'],
    ['another merchant', refundV3Notice(PART_FEN, { mchid: OTHER_MCHID }), 'mchid'],
  ])('with %s is set aside and alarmed (R4)', async (_, notice, field) => {
    const world = await createRefundWorld();
    expect(await world.receive(notice)).toMatchObject({ verdict: 'quarantined', status: 500 });
    expect(world.events.at(-1)).toMatchObject({ message: `does not match the order: ${field}` });
    expect(alarms(world)).toEqual(['quarantined']);
    expect((await world.order()).refunds).toMatchObject([{ state: 'asked' }]);
  });

  test('about a refund that was made elsewhere takes it into the books', async () => {
    const world = await createRefundWorld();
    const elsewhere = refundV3Notice(fen(1000), { outRefundNo: outRefundNo('ELSEWHERE') });
    expect(await world.receive(elsewhere)).toMatchObject({ verdict: 'applied' });
    expect((await world.order()).refunds[1]).toMatchObject({ outRefundNo: 'ELSEWHERE', reason: 'elsewhere' });
  });
});

describe('a notice that is signed with a certificate which is not known yet', () => {
  /** A merchant who knows no key so far, and WeChat Pay at the other end. */
  async function createFetchingWorld(reach: (http: Http) => Http = (http) => http) {
    const paths: string[] = [];
    const world = await createInboundWorld({
      readers: ({ clock }) => {
        const simulator = createSimulator({
          clock,
          merchants: [merchantOfAccount(ACCOUNT, CERTIFICATES.merchant)],
          platform: CERTIFICATES,
          authority: CERTIFICATES.authority,
        });
        const http: Http = (request) => {
          paths.push(new URL(request.url).pathname);
          return simulator.handle(request);
        };
        return { v3: readerOf(clock, { merchant: V3_MERCHANT, http: reach(http) }) };
      },
    });
    return { world, paths };
  }

  test('is verified after the certificates were fetched, once for many', async () => {
    const { world, paths } = await createFetchingWorld();
    const notices = Array.from({ length: 5 }, () => payV3Notice({}, certificateSeal()));
    const replies = await Promise.all(notices.map((notice) => world.receive(notice)));
    expect(replies.map(({ verdict }) => verdict).toSorted()).toEqual([
      'applied',
      ...Array.from({ length: 4 }, () => 'repeated'),
    ]);
    expect(paths).toEqual(['/v3/certificates']);
  });

  test('of somebody who makes serials up is refused, and does not make us ask again and again', async () => {
    const { world, paths } = await createFetchingWorld();
    for (const serial of ['AA', 'BB', 'CC']) {
      expect(await world.receive(payV3Notice({}, certificateSeal({ serial })))).toMatchObject({
        verdict: 'unverified',
      });
    }
    expect(paths).toEqual(['/v3/certificates']);
  });

  test('is answered in time although nobody tells the certificates, and is verified when it comes again', async () => {
    let isHeld = true;
    const { world } = await createFetchingWorld(
      (http) => (request) => (isHeld ? new Promise(() => {}) : http(request)),
    );
    const reply = world.receive(payV3Notice({}, certificateSeal()));
    await world.clock.advance(4 * SECOND);
    expect(await reply).toMatchObject({ verdict: 'unverified', status: 401 });
    isHeld = false;
    await world.clock.advance(60 * SECOND);
    const again = payV3Notice({}, certificateSeal({ nowMs: world.clock.nowMs() }));
    expect(await world.receive(again)).toMatchObject({ verdict: 'applied' });
  });
});
