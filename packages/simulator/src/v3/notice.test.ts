import type { HttpRequest } from '@orderkeeper/ports';
import { describe, expect, test } from 'vitest';
import { MCHID } from '../testing/raw-merchant.ts';
import { openByHand, stageV3 } from '../testing/v3-merchant.ts';
import { memberOf, textAt } from './json.ts';

const stagePaid = async (notifyStatus = 200) => {
  const posted: HttpRequest[] = [];
  const stage = await stageV3({
    http: (request) => {
      posted.push(request);
      return Promise.resolve({ status: notifyStatus, headers: {}, body: new Uint8Array() });
    },
  });
  await stage.place('ORDER1');
  const pay = async () => {
    stage.payer.pay({ outTradeNo: 'ORDER1' }, { openid: 'oPayer' });
    await stage.simulator.notices.settled();
  };
  return { ...stage, posted, pay };
};

describe('a pay notice', () => {
  test('is signed and encrypted, and opens to the members in the order of captures', async () => {
    const { posted, pay, world, simulator } = await stagePaid();
    await pay();
    const { envelope, plain, plainText, sign, headers } = openByHand(posted[0]);
    expect(sign).toBe('certificate');
    expect(headers['content-type']).toBe('application/json');
    expect(envelope).toMatchObject({
      event_type: 'TRANSACTION.SUCCESS',
      resource_type: 'encrypt-resource',
      create_time: '2026-11-24T15:07:09+08:00',
      summary: '支付成功',
      resource: { original_type: 'transaction', associated_data: 'transaction', algorithm: 'AEAD_AES_256_GCM' },
    });
    expect(plain).toEqual({
      mchid: MCHID,
      appid: 'wx2421b1c4370ec43b',
      out_trade_no: 'ORDER1',
      transaction_id: world.ledger.order(MCHID, 'ORDER1')?.payment?.transactionId,
      trade_type: 'NATIVE',
      trade_state: 'SUCCESS',
      trade_state_desc: '支付成功',
      bank_type: 'OTHERS',
      attach: '',
      success_time: '2026-11-24T15:07:09+08:00',
      payer: { openid: 'oPayer' },
      amount: { total: 100, payer_total: 100, currency: 'CNY', payer_currency: 'CNY' },
    });
    expect(plainText.startsWith(`{"mchid":"${MCHID}","appid":`)).toBe(true);
    expect(simulator.notices.list()[0]?.state).toBe('delivered');
  });

  test.each([
    [204, 'delivered'],
    [201, 'waiting'],
    [500, 'waiting'],
    [302, 'waiting'],
  ])('answered with status %i is then %s', async (status, state) => {
    const { pay, simulator } = await stagePaid(status);
    await pay();
    expect(simulator.notices.list()[0]?.state).toBe(state);
  });

  test('is tried sixteen times, with its id and create_time kept and signed anew each time', async () => {
    const { pay, posted, simulator } = await stagePaid(500);
    await pay();
    await simulator.clock.advance(25 * 60 * 60 * 1000);
    expect(posted).toHaveLength(16);
    const [first, last] = [openByHand(posted[0]), openByHand(posted.at(-1))];
    expect(textAt(last.envelope, 'id')).toBe(textAt(first.envelope, 'id'));
    expect(textAt(last.envelope, 'create_time')).toBe(textAt(first.envelope, 'create_time'));
    const ageSeconds = Number(last.headers['wechatpay-timestamp']) - Number(first.headers['wechatpay-timestamp']);
    expect([last.sign, ageSeconds]).toEqual(['certificate', 86_640]);
    expect(simulator.notices.list()[0]?.state).toBe('stopped');
  });

  test('gets a fresh id for every try, and 201 ends the tries, where that is switched on', async () => {
    const { pay, posted, world, simulator } = await stagePaid(500);
    world.switches.v3NoticeId = 'fresh';
    await pay();
    await simulator.clock.advance(15_000);
    const [first, second] = posted.map((request) => textAt(openByHand(request).envelope, 'id'));
    expect(first).not.toBe(second);
    const other = await stagePaid(201);
    other.world.switches.v3Reply201 = 'accepted';
    await other.pay();
    expect(other.simulator.notices.list()[0]?.state).toBe('delivered');
  });

  test.each(['notice-forged', 'notice-sign-test', 'notice-wrong-serial', 'notice-clock-skew'] as const)(
    'spoilt by a fault %s does not count as delivered, and the true one follows',
    async (kind) => {
      const { pay, posted, simulator } = await stagePaid();
      simulator.faults.add({ effect: { kind }, moment: 'notice', aim: {}, times: 1 });
      await pay();
      await simulator.clock.advance(15_000);
      const [spoilt, genuine] = [openByHand(posted[0]), openByHand(posted[1])];
      expect([spoilt.sign, genuine.sign]).toEqual([
        kind === 'notice-clock-skew' ? 'certificate' : 'wrong',
        'certificate',
      ]);
      const gapSeconds = Number(genuine.headers['wechatpay-timestamp']) - Number(spoilt.headers['wechatpay-timestamp']);
      expect(gapSeconds).toBe(kind === 'notice-clock-skew' ? 615 : 15);
      expect(simulator.notices.list()[0]?.state).toBe('delivered');
    },
  );

  test('names another amount or another merchant on demand, properly signed', async () => {
    const { pay, posted, simulator } = await stagePaid();
    for (const kind of ['notice-other-amount', 'notice-other-merchant'] as const)
      simulator.faults.add({ effect: { kind }, moment: 'notice', aim: {}, times: 1 });
    await pay();
    await simulator.clock.advance(30_000);
    const [amount, merchant, genuine] = posted.map(openByHand);
    expect([amount?.sign, memberOf(amount?.plain, 'amount.total')]).toEqual(['certificate', 101]);
    expect([merchant?.sign, textAt(merchant?.plain, 'mchid')]).toEqual(['certificate', '1000000000']);
    expect(memberOf(genuine?.plain, 'amount.total')).toBe(100);
  });
});

describe('a refund notice', () => {
  test.each([
    ['succeed', 'REFUND.SUCCESS', '退款成功', 'SUCCESS'],
    ['fail', 'REFUND.ABNORMAL', '退款异常', 'ABNORMAL'],
    ['close', 'REFUND.CLOSED', '退款关闭', 'CLOSED'],
  ])('after the verb %s is %s', async (verb, event, summary, status) => {
    const { posted, pay, post, simulator } = await stagePaid();
    await pay();
    await post('/v3/refund/domestic/refunds', {
      out_trade_no: 'ORDER1',
      out_refund_no: 'REFUND1',
      notify_url: 'http://127.0.0.1:9/refund',
      amount: { refund: 30, total: 100, currency: 'CNY' },
    });
    const url = `http://control/refunds/REFUND1/${verb}`;
    await simulator.controlHandle({ method: 'POST', url, headers: {}, body: '{}' });
    await simulator.notices.settled();
    const { envelope, plain, sign } = openByHand(posted[1]);
    expect([sign, posted[1]?.url]).toEqual(['certificate', 'http://127.0.0.1:9/refund']);
    expect(envelope).toMatchObject({ event_type: event, summary, resource: { associated_data: 'refund' } });
    expect(plain).toMatchObject({
      mchid: MCHID,
      refund_status: status,
      amount: { total: 100, refund: 30, payer_total: 100, payer_refund: 30 },
      user_received_account: '支付用户零钱',
    });
    expect(plain).not.toHaveProperty('status');
    expect(Object.hasOwn(Object(plain), 'success_time')).toBe(status === 'SUCCESS');
  });
});
