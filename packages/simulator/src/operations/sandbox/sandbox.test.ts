import { describe, expect, test } from 'vitest';
import {
  createRawMerchant,
  KEY,
  MCHID,
  nativeOrder,
  type RawCall,
  type RawMerchant,
  signByHand,
  xmlByHand,
} from '../../testing/raw-merchant.ts';

const OLD = '/sandboxnew/pay/getsignkey';
const NEW = '/xdc/apiv2getsignkey/sign/getsignkey';

async function askKey(merchant: RawMerchant, path: string, key = KEY) {
  const fields = { mch_id: MCHID, nonce_str: 'n' };
  return (await merchant.send({ path, body: xmlByHand({ ...fields, sign: signByHand(fields, key) }) })).fields;
}

/** A merchant with the key of the sandbox in hand. */
async function inSandbox(path = OLD) {
  const merchant = createRawMerchant();
  const key = (await askKey(merchant, path))['sandbox_signkey'] ?? '';
  return {
    merchant,
    call: (to: string, own: Readonly<Record<string, string>>, more: RawCall = {}) =>
      merchant.call(to, own, { key, ...more }),
  };
}

describe('getsignkey', () => {
  test.each([[OLD], [NEW]])('%s hands out the same key every time, unsigned and without mch_id', async (path) => {
    const merchant = createRawMerchant();
    const answer = await askKey(merchant, path);
    expect(answer).toEqual({ return_code: 'SUCCESS', return_msg: 'ok', sandbox_signkey: answer['sandbox_signkey'] });
    expect(answer['sandbox_signkey']).toMatch(/^[0-9a-f]{32}$/);
    expect(await askKey(merchant, path)).toEqual(answer);
  });

  test('carries the mch_id when switched so', async () => {
    const merchant = createRawMerchant({ switches: { signKeyMchid: 'present' } });
    expect(await askKey(merchant, OLD)).toMatchObject({ mch_id: MCHID });
  });

  test('needs the production key', async () => {
    expect(await askKey(createRawMerchant(), OLD, 'f'.repeat(32))).toEqual({
      return_code: 'FAIL',
      return_msg: '获取沙箱密钥失败，确认交易密钥是否正确',
    });
  });
});

describe('the sandbox until 2022', () => {
  test('pays an order of a test case by itself, tells nobody, and answers with marks of its own', async () => {
    const { merchant, call } = await inSandbox();
    merchant.world.events.on(() => expect.unreachable());
    const placed = await call('/sandboxnew/pay/unifiedorder', nativeOrder('order-1', { total_fee: '301' }));
    expect(placed).toMatchObject({
      sign: 'right',
      fields: {
        result_code: 'SUCCESS',
        err_code: 'SUCCESS',
        err_code_des: 'ok',
        device_info: 'sandbox',
        nonce_str: 'nonce1',
      },
    });
    const queried = await call('/sandboxnew/pay/orderquery', { out_trade_no: 'order-1' });
    expect(queried).toMatchObject({ sign: 'right', fields: { trade_state: 'SUCCESS', total_fee: '301' } });
    expect(queried.text).toContain('<total_fee><![CDATA[301]]></total_fee>');
    expect(merchant.world.ledger.orders()).toEqual([]);
  });

  test('refuses any other amount', async () => {
    const { call } = await inSandbox();
    const placed = await call('/sandboxnew/pay/unifiedorder', nativeOrder('order-1'));
    expect(placed.fields).toEqual({ return_code: 'FAIL', return_msg: '沙箱支付金额(1990)无效，请检查需要验收的case' });
    const charged = await call('/sandboxnew/pay/micropay', {
      ...nativeOrder('order-2', { total_fee: '301' }),
      auth_code: '134567890123456789',
    });
    expect(charged.fields).toEqual({
      return_code: 'FAIL',
      return_msg: '沙箱被扫支付金额(301)无效，请检查需要验证的case',
    });
  });

  test('spends a coupon in the coupon cases and refunds without a certificate', async () => {
    const { call } = await inSandbox();
    await call('/sandboxnew/pay/unifiedorder', nativeOrder('order-1', { total_fee: '552' }));
    const queried = await call('/sandboxnew/pay/orderquery', { out_trade_no: 'order-1' });
    expect(queried.fields).toMatchObject({ coupon_fee: '1', coupon_type_0: 'NO_CASH', settlement_total_fee: '551' });
    const refund = { out_trade_no: 'order-1', out_refund_no: 'r1', total_fee: '552', refund_fee: '551' };
    expect((await call('/sandboxnew/pay/refund', refund)).fields).toMatchObject({ result_code: 'SUCCESS' });
    expect((await call('/sandboxnew/secapi/pay/refund', refund)).status).toBe(400);
    expect((await call('/sandboxnew/pay/refundquery', { out_trade_no: 'order-1' })).fields).toMatchObject({
      refund_count: '1',
    });
  });

  test('leaves case 9 unpaid and lets it be closed, under the prefix of 2016 too', async () => {
    const { call } = await inSandbox();
    await call('/sandbox/pay/unifiedorder', nativeOrder('order-1', { total_fee: '9' }));
    expect((await call('/sandbox/pay/orderquery', { out_trade_no: 'order-1' })).fields).toMatchObject({
      trade_state: 'NOTPAY',
    });
    expect((await call('/sandbox/pay/closeorder', { out_trade_no: 'order-1' })).fields).toMatchObject({
      result_code: 'SUCCESS',
    });
    expect((await call('/sandboxnew/pay/orderquery', { out_trade_no: 'order-1' })).fields).toMatchObject({
      trade_state: 'CLOSED',
    });
  });

  test('charges micropay cases', async () => {
    const { call } = await inSandbox();
    const charged = await call('/sandboxnew/pay/micropay', {
      ...nativeOrder('order-1', { total_fee: '1' }),
      auth_code: '134567890123456789',
    });
    expect(charged.fields).toMatchObject({ result_code: 'SUCCESS', trade_type: 'MICROPAY' });
  });

  test('takes its own key only, and MD5 only', async () => {
    const { call } = await inSandbox();
    const text = '沙箱验证签名失败，请确认沙箱签名key是否正确（通过getsignkey调用生成）';
    expect((await call('/sandboxnew/pay/orderquery', {}, { key: KEY })).fields).toMatchObject({ return_msg: text });
    expect((await call('/sandboxnew/pay/orderquery', {}, { signType: 'HMAC-SHA256' })).fields).toMatchObject({
      return_msg: text,
    });
  });

  test('has a bill that is always the same', async () => {
    const { call } = await inSandbox();
    const bill = await call('/sandboxnew/pay/downloadbill', { bill_date: '20261123', bill_type: 'ALL' });
    expect(bill.text).toContain('总交易单数');
  });
});

describe('the sandbox since 2022', () => {
  const CHARGE = {
    body: 'x',
    out_trade_no: 'order-1',
    total_fee: '1',
    spbill_create_ip: '127.0.0.1',
    auth_code: '134567890123456789',
  };
  const MICROPAY = '/xdc/apiv2sandbox/pay/micropay';
  const QUERY = '/xdc/apiv2sandbox/pay/orderquery';
  const asking = (negative: string): RawCall => ({ headers: { 'wechatpay-negative-test': negative } });

  test('charges one, two and three fen, by HMAC too', async () => {
    const { call } = await inSandbox(NEW);
    expect(await call(MICROPAY, CHARGE, { signType: 'HMAC-SHA256' })).toMatchObject({
      sign: 'right',
      fields: { result_code: 'SUCCESS' },
    });
    expect((await call(QUERY, { out_trade_no: 'order-1' })).fields).toMatchObject({ trade_state: 'SUCCESS' });
    expect((await call(MICROPAY, { ...CHARGE, total_fee: '4' })).fields).toMatchObject({
      return_msg: '沙箱支付金额不正确，请确认验收case',
    });
  });

  test.each([
    ['MICROPAY_USERPAYING', 'USERPAYING'],
    ['MICROPAY_PAYERROR', 'PAYERROR'],
  ])('by the header %s ends in %s', async (negative, state) => {
    const { merchant, call } = await inSandbox(NEW);
    expect((await call(MICROPAY, CHARGE, asking(negative))).fields).toMatchObject({ err_code: 'USERPAYING' });
    await merchant.clock.advance(1);
    expect((await call(QUERY, { out_trade_no: 'order-1' })).fields).toMatchObject({ trade_state: state });
  });

  test('keeps answers back when asked to', async () => {
    const { call } = await inSandbox(NEW);
    await expect(call(MICROPAY, CHARGE, asking('MICROPAY_TIMEOUT'))).rejects.toMatchObject({
      reason: 'answer-timeout',
    });
    expect((await call(QUERY, { out_trade_no: 'order-1' })).fields).toMatchObject({ trade_state: 'SUCCESS' });
    await expect(call(QUERY, { out_trade_no: 'order-1' }, asking('MICROPAY_PAY_QUERY_TIMEOUT'))).rejects.toMatchObject({
      reason: 'answer-timeout',
    });
  });

  test('finds orders by out_trade_no only, and has no unifiedorder', async () => {
    const { call } = await inSandbox(NEW);
    expect((await call(QUERY, { transaction_id: '42' })).fields).toMatchObject({
      return_msg: 'out_trade_no参数长度有误',
    });
    expect((await call('/xdc/apiv2sandbox/pay/unifiedorder', CHARGE)).status).toBe(501);
  });
});
