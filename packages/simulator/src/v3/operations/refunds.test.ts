import { constants, publicEncrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CERTIFICATES, stageV3 } from '../../testing/v3-merchant.ts';

const PATH = '/v3/refund/domestic/refunds';

/** A paid order of one yuan, and short ways to refund it. */
const stagePaid = async () => {
  const stage = await stageV3();
  await stage.place('ORDER1');
  stage.payer.pay({ outTradeNo: 'ORDER1' }, { coupons: [{ kind: 'NO_CASH', fen: 20 }] });
  const refund = (outRefundNo: string, fen: number, more: Readonly<Record<string, unknown>> = {}) =>
    stage.post(PATH, {
      out_trade_no: 'ORDER1',
      out_refund_no: outRefundNo,
      amount: { refund: fen, total: 100, currency: 'CNY' },
      ...more,
    });
  const ask = (outRefundNo: string) => stage.get(`${PATH}/${outRefundNo}`);
  const control = (path: string) =>
    stage.simulator.controlHandle({ method: 'POST', url: `http://control${path}`, headers: {}, body: '{}' });
  return { ...stage, refund, ask, control };
};

describe('a refund', () => {
  test('is accepted as PROCESSING, arrives later, and turns the order to REFUND at once', async () => {
    const { refund, ask, query, simulator } = await stagePaid();
    const accepted = await refund('REFUND1', 50);
    expect([accepted.status, accepted.sign]).toEqual([200, 'certificate']);
    expect(accepted.json).toMatchObject({
      amount: {
        currency: 'CNY',
        discount_refund: 10,
        from: [],
        payer_refund: 40,
        payer_total: 80,
        refund: 50,
        settlement_refund: 40,
        settlement_total: 80,
        total: 100,
      },
      channel: 'ORIGINAL',
      create_time: '2026-11-24T15:07:09+08:00',
      out_refund_no: 'REFUND1',
      promotion_detail: [{ amount: 20, refund_amount: 10, scope: 'GLOBAL', type: 'NOCASH' }],
      status: 'PROCESSING',
      user_received_account: '支付用户零钱',
    });
    expect(accepted.json).not.toHaveProperty('success_time');
    expect((await query('ORDER1')).json['trade_state']).toBe('REFUND');
    await simulator.clock.advance(3000);
    expect((await ask('REFUND1')).json).toMatchObject({ status: 'SUCCESS', success_time: '2026-11-24T15:07:12+08:00' });
  });

  test.each([
    ['fail', 'ABNORMAL'],
    ['close', 'CLOSED'],
    ['succeed', 'SUCCESS'],
  ])('ends by the verb %s of the control API as %s', async (verb, status) => {
    const { refund, ask, control } = await stagePaid();
    await refund('REFUND1', 50);
    await control(`/refunds/REFUND1/${verb}`);
    expect((await ask('REFUND1')).json['status']).toBe(status);
  });

  test('under a used number is the same refund, or refused for other amounts and other orders', async () => {
    const { refund, place, payer, world } = await stagePaid();
    const first = await refund('REFUND1', 50);
    expect((await refund('REFUND1', 50)).json).toEqual(first.json);
    expect(world.ledger.refunds()).toHaveLength(1);
    const other = await refund('REFUND1', 60);
    expect([other.status, other.json['code'], other.json['message']]).toEqual([
      400,
      'INVALID_REQUEST',
      '订单金额或退款金额与之前请求不一致，请核实后再试',
    ]);
    await place('ORDER2');
    payer.pay({ outTradeNo: 'ORDER2' });
    const elsewhere = await refund('REFUND1', 50, { out_trade_no: 'ORDER2' });
    expect(elsewhere.json['message']).toBe('支付单号校验不一致，请核实后再试');
  });

  test('is refused for what is not paid, too large, already given back or not in the account', async () => {
    const { refund, place, world, ask } = await stagePaid();
    await place('ORDER2');
    const unpaid = await refund('REFUND2', 50, { out_trade_no: 'ORDER2' });
    expect([unpaid.status, unpaid.json['code']]).toEqual([404, 'RESOURCE_NOT_EXISTS']);
    expect((await refund('REFUND2', 50, { out_trade_no: 'ORDER9' })).status).toBe(404);
    expect((await refund('REFUND2', 101)).headers['request-id']).toMatch(/-268449311$/);
    world.settings.refundableFen = 10;
    const poor = await refund('REFUND2', 50);
    expect([poor.status, poor.json]).toEqual([
      403,
      { code: 'NOT_ENOUGH', message: '基本账户余额不足，请充值后重新发起' },
    ]);
    world.settings.refundableFen = -1;
    await refund('REFUND1', 100);
    expect((await refund('REFUND2', 1)).json['message']).toBe('订单已全额退款');
    const none = await ask('REFUND2');
    expect([none.status, none.json['message']]).toEqual([404, '退款单不存在']);
  });

  test('needs exactly one number of the order, and amounts whose parts add up', async () => {
    const { refund } = await stagePaid();
    expect((await refund('REFUND1', 50, { transaction_id: '42' })).json['code']).toBe('PARAM_ERROR');
    const from = [{ account: 'AVAILABLE', amount: 20 }];
    const parts = await refund('REFUND1', 50, { amount: { refund: 50, total: 100, currency: 'CNY', from } });
    expect([parts.status, parts.json['code']]).toEqual([400, 'INVALID_REQUEST']);
  });

  test('too soon after another and under a short number follows the switches', async () => {
    const { refund, world } = await stagePaid();
    expect((await refund('R1', 10)).status).toBe(200);
    Object.assign(world.switches, { v3RefundInterval: 'FREQUENCY_LIMITED', v3RefundNumberMin: '6' });
    expect((await refund('R2', 10)).status).toBe(400);
    expect((await refund('REFUND2', 10)).status).toBe(429);
    world.switches.v3RateCode = 'RATELIMIT_EXCEEDED';
    expect((await refund('REFUND2', 10)).json['code']).toBe('RATELIMIT_EXCEEDED');
  });
});

describe('an abnormal refund', () => {
  const encrypted = (text: string) =>
    publicEncrypt(
      { key: CERTIFICATES.publicKey.publicKeyPem, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      Buffer.from(text),
    ).toString('base64');

  const card = () => ({
    out_refund_no: 'REFUND1',
    type: 'USER_BANK_CARD',
    bank_type: 'ICBC_DEBIT',
    bank_account: encrypted('6222020000000000'),
    real_name: encrypted('张三'),
  });

  test('is paid to another card, whose number comes encrypted with the key that the header names', async () => {
    const { refund, post, control, ask, simulator } = await stagePaid();
    const { json } = await refund('REFUND1', 50);
    const path = `${PATH}/${String(json['refund_id'])}/apply-abnormal-refund`;
    const headers = { 'wechatpay-serial': CERTIFICATES.publicKey.id };
    expect((await post(path, card(), { headers })).json['message']).toBe('退款单状态不是退款异常');
    await control('/refunds/REFUND1/fail');
    const answer = await post(path, card(), { headers });
    expect(answer.json).toMatchObject({ status: 'PROCESSING', channel: 'OTHER_BANKCARD' });
    await simulator.clock.advance(3000);
    expect((await ask('REFUND1')).json['status']).toBe('SUCCESS');
  });

  test('is refused without that header, with an unknown key, and when it cannot be decrypted', async () => {
    const { refund, post, control } = await stagePaid();
    const { json } = await refund('REFUND1', 50);
    await control('/refunds/REFUND1/fail');
    const path = `${PATH}/${String(json['refund_id'])}/apply-abnormal-refund`;
    const said = async (serial: string) =>
      (await post(path, card(), { headers: { 'wechatpay-serial': serial } })).json['message'];
    expect(await said('')).toBe('Http头缺少Wechatpay-Serial');
    expect(await said('PUB_KEY_ID_0')).toBe('平台证书序列号Wechatpay-Serial错误');
    expect(await said(CERTIFICATES.platform.serial)).toBe('平台私钥解密失败');
    expect((await post(`${PATH}/503/apply-abnormal-refund`, card())).status).toBe(404);
  });
});
