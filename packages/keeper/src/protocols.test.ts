import { createV3Client, parseV3Merchant } from '@orderkeeper/client';
import { createSeededRandom } from '@orderkeeper/ports';
import { type Mchid, parseMchid, parseOutTradeNo, printTestRefundNotice } from '@orderkeeper/protocol';
import { issueMerchantCertificate, merchantOfAccount } from '@orderkeeper/simulator';
import { describe, expect, test } from 'vitest';
import {
  ACCOUNT,
  chargeOf,
  createKeeperWorld,
  given,
  HOUR,
  KEPT,
  type KeeperWorld,
  MERCHANT,
  MINUTE,
  NOTIFY_URL,
  orderId,
  outRefundNo,
  SECOND,
  START_MS,
  wishFor,
  type WorldChanges,
} from './testing/keeper-world.ts';
import {
  CERTIFICATES,
  createV3World,
  keptBoth,
  keptV3,
  V2_MERCHANT,
  V3_MERCHANT,
  V3_MERCHANT_WITH_KEY,
} from './testing/v3-world.ts';
import type { OpenOrderRequest } from './keeper.ts';

const createBothWorld = (changes: WorldChanges = {}): KeeperWorld =>
  createKeeperWorld({ certificates: CERTIFICATES, merchants: [keptBoth()], ...changes });

const attemptsOf = async (world: KeeperWorld, id: string): Promise<readonly string[]> =>
  (await world.order(id)).attempts.map(({ outTradeNo, protocol, state }) => `${outTradeNo} ${protocol} ${state}`);

const eventTypes = async ({ store }: KeeperWorld): Promise<readonly string[]> =>
  (await store.eventsAfter(0, 99)).map(({ type }) => type);

describe('a merchant of both protocols', () => {
  test('opens orders with APIv3, unless it has chosen otherwise or the request says so', async () => {
    const world = createBothWorld();
    const keeper = world.keeper();
    given(await world.finish(keeper.openOrder(wishFor('A1'))));
    given(await world.finish(keeper.openOrder(wishFor('A2', { protocol: 'v2' }))));
    const classic = world.keeper({ merchants: [{ ...keptBoth(), protocol: 'v2' }] });
    given(await world.finish(classic.openOrder(wishFor('A3'))));
    expect(await attemptsOf(world, 'A1')).toEqual(['A1-001 v3 open']);
    expect(await attemptsOf(world, 'A2')).toEqual(['A2-1 v2 open']);
    expect(await attemptsOf(world, 'A3')).toEqual(['A3-1 v2 open']);
    expect(world.calls()).toEqual(['v3/certificates', 'v3/order-native', 'unifiedorder', 'unifiedorder']);
  });

  test('repeats a request as the same order, whichever protocol the repetition would choose', async () => {
    const world = createBothWorld();
    const before = world.keeper({ merchants: [KEPT] });
    given(await world.finish(before.openOrder(wishFor('A1'))));
    const after = world.keeper();
    const again = given(await world.finish(after.openOrder(wishFor('A1'))));
    expect(again.parameters).toMatchObject({ tradeType: 'NATIVE', codeUrl: expect.any(String) });
    given(await world.finish(after.openOrder(wishFor('A1', { protocol: 'v3' }))));
    expect(await attemptsOf(world, 'A1')).toEqual(['A1-1 v2 open']);
    expect(world.calls()).toEqual(['unifiedorder']);
  });

  test('R9: has an order opened in v2 paid again in v3, after the first attempt was closed in its own protocol', async () => {
    const world = createBothWorld();
    const keeper = world.keeper();
    world.answerNotices(keeper);
    given(await world.finish(keeper.openOrder(wishFor('A1', { protocol: 'v2' }))));
    await world.clock.advance(6 * MINUTE);
    const change = { tradeType: 'APP', protocol: 'v3' } as const;
    const again = given(await world.finish(keeper.payAgain(orderId('A1'), change)));
    expect(again.parameters).toMatchObject({ tradeType: 'APP', partnerid: ACCOUNT.mchid });
    expect(await attemptsOf(world, 'A1')).toEqual(['A1-1 v2 closed', 'A1-002 v3 open']);
    expect(world.calls('closeorder')).toHaveLength(1);
    world.simulator.payer.pay({ outTradeNo: 'A1-002' });
    await world.clock.advance(SECOND);
    expect(await world.order('A1')).toMatchObject({ state: 'paid', paidBy: 'A1-002' });
    expect(await eventTypes(world)).toEqual(['order.paid']);
  });

  test('R7, R9: has an order opened in v3 paid again in v2 at once, because APIv3 knows no wait before a close', async () => {
    const world = createBothWorld();
    const keeper = world.keeper();
    given(await world.finish(keeper.openOrder(wishFor('A1'))));
    const change = { tradeType: 'APP', protocol: 'v2' } as const;
    given(await world.finish(keeper.payAgain(orderId('A1'), change)));
    expect(await attemptsOf(world, 'A1')).toEqual(['A1-001 v3 closed', 'A1-2 v2 open']);
    expect(world.truth('A1-001')).toBe('CLOSED');
  });

  test('R9: keeps a live attempt that serves, although another protocol is wanted for the next one', async () => {
    const world = createBothWorld();
    const keeper = world.keeper();
    given(await world.finish(keeper.openOrder(wishFor('A1', { protocol: 'v2' }))));
    given(await world.finish(keeper.payAgain(orderId('A1'), { protocol: 'v3' })));
    expect(await attemptsOf(world, 'A1')).toEqual(['A1-1 v2 open']);
  });

  test('R8: has codes charged by v2, with which they can be taken back, and by v3 where the request says so', async () => {
    const world = createBothWorld();
    const keeper = world.keeper();
    given(await world.finish(keeper.micropay(chargeOf('A1'))));
    given(await world.finish(keeper.micropay(chargeOf('A2', '0002', { protocol: 'v3' }))));
    expect(await attemptsOf(world, 'A1')).toEqual(['A1-1 v2 paid']);
    expect(await attemptsOf(world, 'A2')).toEqual(['A2-001 v3 paid']);
    expect([world.calls('micropay').length, world.calls('v3/codepay').length]).toEqual([1, 1]);
  });

  test('R8: has codes charged by v3 when v2 has no certificate, without which nothing is taken back', async () => {
    const { identity: _none, ...v2 } = MERCHANT;
    const world = createBothWorld({
      merchants: [{ ...keptBoth(), speaks: { v2, v3: V3_MERCHANT } }],
      switches: { micropayTimeout: 'never' },
    });
    const keeper = world.keeper();
    keeper.start();
    given(await world.finish(keeper.micropay(chargeOf('A1', '9001'))));
    await world.clock.advance(5 * MINUTE);
    expect(await attemptsOf(world, 'A1')).toEqual(['A1-001 v3 reversed']);
    await keeper.stop();
  });

  test('R12: takes a refund notice in the classic form, as the console’s address gets it, for a reason to ask in APIv3', async () => {
    const world = createBothWorld();
    const keeper = world.keeper();
    keeper.start();
    given(await world.finish(keeper.openOrder(wishFor('ORDER1'))));
    world.simulator.payer.pay({ outTradeNo: 'ORDER1-1' });
    await world.clock.advance(MINUTE);
    const { totalFen } = await world.order('ORDER1');
    const number = outRefundNo('REFUND1');
    given(await keeper.refund({ orderId: orderId('ORDER1'), outRefundNo: number, refundFen: totalFen }));
    await world.clock.advance(5 * SECOND);
    const xml = printTestRefundNotice({
      key: MERCHANT.apiKey,
      appid: MERCHANT.appid,
      mchid: MERCHANT.mchid,
      outTradeNo: given(parseOutTradeNo('ORDER1-1')),
      totalFen,
      outRefundNo: number,
      refundFen: totalFen,
      refundedAtMs: world.clock.nowMs(),
    });
    const notice = { mchid: MERCHANT.mchid, body: Buffer.from(xml), headers: { 'content-type': 'text/xml' } };
    expect(await keeper.receiveNotice(notice)).toMatchObject({ verdict: 'applied', status: 200 });
    expect(world.calls('v3/query-refund')).toHaveLength(1);
    expect((await world.order('ORDER1')).state).toBe('refunded');
    await keeper.stop();
  });

  test('must be the same merchant in both, and must have the keys of what it has chosen', () => {
    const { keeper } = createBothWorld();
    const other = { ...V3_MERCHANT, mchid: given(parseMchid('1900000110')) };
    const kept = { notifyUrl: NOTIFY_URL };
    expect(() => keeper({ merchants: [{ ...kept, speaks: { v2: MERCHANT, v3: other } }] })).toThrow(
      'the same mchid and appid in both protocols',
    );
    expect(() => keeper({ merchants: [{ ...KEPT, protocol: 'v3' }] })).toThrow('has no keys for it');
  });

  test('is told which protocol it has no keys for, and nothing is stored', async () => {
    const world = createKeeperWorld();
    const answer = await world.keeper().openOrder(wishFor('A1', { protocol: 'v3' }));
    expect(answer).toMatchObject({ ok: false, reason: 'protocol-not-spoken' });
    await expect(world.order('A1')).rejects.toThrow('no order');
  });
});

describe('a merchant who changes from one protocol to the other', () => {
  test('has the orders of the old one brought to their end by the new one', async () => {
    const world = createBothWorld({ merchants: [KEPT] });
    const before = world.keeper();
    for (const id of ['A1', 'A2']) given(await world.finish(before.openOrder(wishFor(id))));
    world.simulator.payer.pay({ outTradeNo: 'A1-1' });
    const after = world.keeper({ merchants: [keptV3()] });
    after.start();
    await world.clock.advance(31 * MINUTE);
    expect((await world.order('A1')).state).toBe('paid');
    expect((await world.order('A2')).state).toBe('closed');
    expect(world.truth('A2-1')).toBe('CLOSED');
    expect(world.calls().filter((name) => !name.startsWith('v3/'))).toEqual(['unifiedorder', 'unifiedorder']);
    await after.stop();
  });
});

describe('merchants of one protocol, of the other and of both in one keeper', () => {
  const accountOf = (mchid: string) => ({ ...ACCOUNT, mchid, appid: `wx${mchid.padStart(16, '0')}` });
  const V3_ONLY = accountOf('1900000110');
  const BOTH = accountOf('1900000111');
  const simOf = (account: typeof ACCOUNT) => merchantOfAccount(account, CERTIFICATES.merchant);
  const { privateKeyPem, certificatePem } = CERTIFICATES.merchant;
  const v3Of = ({ mchid, appid, v3Key }: typeof ACCOUNT) =>
    given(parseV3Merchant({ mchid, appid, apiV3Key: v3Key, privateKeyPem, certificatePem }));
  const notifyUrlOf = ({ mchid }: typeof ACCOUNT) => NOTIFY_URL.replace(ACCOUNT.mchid, mchid);
  const mchidOf = ({ mchid }: typeof ACCOUNT): Mchid => given(parseMchid(mchid));

  test('are each spoken to in their own way, their notices too, and no order is taken for another’s', async () => {
    const [v3, both] = [v3Of(V3_ONLY), v3Of(BOTH)];
    const { mchid, appid } = both;
    const issued = await issueMerchantCertificate(mchid, CERTIFICATES.authority, {
      nowMs: START_MS,
      random: createSeededRandom(8),
    });
    const v2 = { ...MERCHANT, mchid, appid, identity: { certificatePem: issued.certificatePem } };
    const world = createKeeperWorld({
      certificates: CERTIFICATES,
      others: [simOf(V3_ONLY), simOf(BOTH)],
      merchants: [
        { ...KEPT, speaks: { v2: V2_MERCHANT } },
        { ...keptV3(), speaks: { v3 }, notifyUrl: notifyUrlOf(V3_ONLY) },
        { ...keptV3(), speaks: { v2, v3: both }, notifyUrl: notifyUrlOf(BOTH) },
      ],
    });
    const keeper = world.keeper();
    world.answerNotices(keeper);
    keeper.start();
    const wishes: readonly OpenOrderRequest[] = [
      wishFor('ORDER1'),
      wishFor('ORDER2', { mchid: mchidOf(V3_ONLY) }),
      wishFor('ORDER3', { mchid: mchidOf(BOTH), protocol: 'v2' }),
      wishFor('ORDER4', { mchid: mchidOf(BOTH), protocol: 'v3' }),
    ];
    for (const wish of wishes) given(await world.finish(keeper.openOrder(wish)));
    for (const wish of wishes) {
      world.simulator.payer.pay({ mchid: wish.mchid, outTradeNo: `${wish.orderId}-1` });
    }
    await world.clock.advance(SECOND);
    for (const { orderId: id } of wishes) {
      expect(await world.order(id)).toMatchObject({ state: 'paid', attempts: [{ payment: { learnedBy: 'notice' } }] });
      const wish = { orderId: id, outRefundNo: outRefundNo(`${id}-R`), refundFen: (await world.order(id)).totalFen };
      given(await keeper.refund(wish));
    }
    await world.clock.advance(HOUR);
    for (const { orderId: id } of wishes) expect((await world.order(id)).state).toBe('refunded');
    const verdicts = world.told.flatMap((event) => (event.kind === 'notice-received' ? [event.verdict] : []));
    expect(verdicts).toEqual(Array.from({ length: 8 }, () => 'applied'));
    expect(world.told.filter(({ kind }) => kind === 'alarm')).toEqual([]);
    await keeper.stop();
  });
});

describe('while WeChat Pay changes its keys', () => {
  /** Opens an order, pays it, and closes another one; answers what is known of both. */
  async function trade(world: KeeperWorld, keeper: ReturnType<KeeperWorld['keeper']>, name: string) {
    const [paid, unpaid] = [`${name}-paid`, `${name}-unpaid`];
    for (const id of [paid, unpaid]) given(await world.finish(keeper.openOrder(wishFor(id))));
    world.simulator.payer.pay({ outTradeNo: `${paid}-1` });
    given(await keeper.close(orderId(unpaid), 'asked'));
    await world.clock.advance(5 * MINUTE);
    const learnedBy = (await world.order(paid)).attempts[0]?.payment?.learnedBy;
    return [(await world.order(paid)).state, learnedBy, (await world.order(unpaid)).state];
  }

  const control = ({ simulator }: KeeperWorld, path: string) =>
    simulator.controlHandle({ method: 'POST', url: `http://control${path}`, headers: {}, body: '{}' });

  test('from certificates to the public key, no order and no notice is lost', async () => {
    const world = createV3World({ merchants: [{ ...keptV3(), speaks: { v3: V3_MERCHANT_WITH_KEY } }] });
    const keeper = world.keeper();
    world.answerNotices(keeper);
    keeper.start();
    const { keys } = world.simulator.world.v3;
    for (const mode of ['certificate', 'switching', 'public-key'] as const) {
      keys?.setMode(mode);
      expect(await trade(world, keeper, mode)).toEqual(['paid', 'notice', 'closed']);
    }
    await keeper.stop();
  });

  test('from one certificate to the next, no order and no notice is lost', async () => {
    const world = createV3World();
    const keeper = world.keeper();
    world.answerNotices(keeper);
    keeper.start();
    expect(await trade(world, keeper, 'before')).toEqual(['paid', 'notice', 'closed']);
    await control(world, '/keys/rotate');
    world.simulator.world.settings.newCertificateShare = 0.5;
    expect(await trade(world, keeper, 'during')).toEqual(['paid', expect.any(String), 'closed']);
    await control(world, '/keys/retire');
    expect(await trade(world, keeper, 'after')).toEqual(['paid', 'notice', 'closed']);
    expect(world.calls('v3/certificates')).toHaveLength(2);
    await keeper.stop();
  });
});

describe('R12: a refund of APIv3 that waits for a person', () => {
  test('is told and alarmed, and its later success is found without a notice', async () => {
    const world = createV3World({ settings: { refundEnd: 'CHANGE' } });
    const keeper = world.keeper();
    keeper.start();
    given(await world.finish(keeper.openOrder(wishFor('A1'))));
    world.simulator.payer.pay({ outTradeNo: 'A1-001' });
    await world.clock.advance(MINUTE);
    const { totalFen } = await world.order('A1');
    given(await keeper.refund({ orderId: orderId('A1'), outRefundNo: outRefundNo('REFUND1'), refundFen: totalFen }));
    await world.clock.advance(HOUR);
    expect((await world.order('A1')).refunds).toMatchObject([{ state: 'abnormal' }]);
    expect(world.told.filter(({ kind }) => kind === 'alarm')).toMatchObject([{ alarm: { kind: 'refund-abnormal' } }]);

    world.simulator.world.settings.refundEnd = 'SUCCESS';
    await sendOnByHand(world);
    await world.clock.advance(25 * HOUR);
    expect(await world.order('A1')).toMatchObject({ state: 'refunded', refunds: [{ state: 'succeeded' }] });
    expect(await eventTypes(world)).toEqual(['order.paid', 'refund.abnormal', 'refund.succeeded']);
    await keeper.stop();
  });
});

/** What a person does about an abnormal refund, in the merchant console or by this call. */
async function sendOnByHand({ simulator, clock, random, finish, order }: KeeperWorld): Promise<void> {
  const client = createV3Client({ merchant: V3_MERCHANT, http: simulator.handle, clock, random });
  const [refund] = (await order('A1')).refunds;
  if (refund?.refundId === undefined) throw new Error('the refund has no number at WeChat Pay');
  const { refundId, outRefundNo: number } = refund;
  const sent = await finish(client.abnormalRefund({ refundId, outRefundNo: number, type: 'MERCHANT_BANK_CARD' }));
  expect(sent.outcome).toBe('done');
}
