import { describe, expect, test } from 'vitest';
import { createRawMerchant, IDENTITY, type RawMerchant } from '../testing/raw-merchant.ts';
import { SPECIAL_ENDINGS } from './auth-codes.ts';

const GOOD_CODE = '134567890123456789';
const codeEnding = (ending: string) => `13456789012345${ending}`;

const charge = (merchant: RawMerchant, more: Readonly<Record<string, string>> = {}) =>
  merchant.call('/pay/micropay', {
    body: '天虹南山店-超市',
    out_trade_no: 'order-1',
    total_fee: '1990',
    spbill_create_ip: '14.23.150.211',
    auth_code: GOOD_CODE,
    ...more,
  });

const query = async (merchant: RawMerchant) =>
  (await merchant.call('/pay/orderquery', { out_trade_no: 'order-1' })).fields;
const reverse = async (merchant: RawMerchant) =>
  (await merchant.call('/secapi/pay/reverse', { out_trade_no: 'order-1' }, { identity: IDENTITY })).fields;

describe('micropay', () => {
  test('charges at once and answers with the payment', async () => {
    const merchant = createRawMerchant();
    const answer = await charge(merchant, { attach: 'till 3' });
    expect(answer).toMatchObject({
      sign: 'right',
      fields: { result_code: 'SUCCESS', trade_type: 'MICROPAY', total_fee: '1990', cash_fee: '1990', attach: 'till 3' },
    });
    expect(await query(merchant)).toMatchObject({
      trade_state: 'SUCCESS',
      transaction_id: answer.fields['transaction_id'],
    });
  });

  test('never charges twice for one number', async () => {
    const merchant = createRawMerchant();
    await charge(merchant);
    expect((await charge(merchant)).fields).toMatchObject({ err_code: 'ORDERPAID', err_code_des: '该订单已支付' });
  });

  test('takes a code once', async () => {
    const merchant = createRawMerchant();
    await charge(merchant);
    const second = await charge(merchant, { out_trade_no: 'order-2' });
    expect(second.fields).toMatchObject({
      err_code: 'AUTH_CODE_INVALID',
      err_code_des: '101 每个二维码仅限使用一次，请刷新再试',
    });
  });

  test.each([['064567890123456789'], ['164567890123456789'], ['13456789012345678'], ['hello']])(
    'refuses the code %s',
    async (authCode) => {
      const answer = await charge(createRawMerchant(), { auth_code: authCode });
      expect(answer.fields).toMatchObject({
        err_code: 'AUTH_CODE_INVALID',
        err_code_des: '请扫描微信支付授权码(以10/11/12/13/14/15为前缀的18位数字)',
      });
    },
  );

  test('wants a new number for a new code', async () => {
    const merchant = createRawMerchant();
    await charge(merchant, { auth_code: codeEnding('9001') });
    expect((await charge(merchant)).fields).toMatchObject({
      err_code: 'INVALID_REQUEST',
      err_code_des: '201 商户订单号重复',
    });
  });

  test('asks for the password above 1000 yuan and only then', async () => {
    const merchant = createRawMerchant();
    expect((await charge(merchant, { total_fee: '100000' })).fields).toMatchObject({ result_code: 'SUCCESS' });
    const dear = await charge(merchant, {
      out_trade_no: 'order-2',
      total_fee: '100001',
      auth_code: '101111111111111111',
    });
    expect(dear.fields).toMatchObject({ err_code: 'USERPAYING', err_code_des: '需要用户输入支付密码' });
    expect(merchant.payer.pay({ outTradeNo: 'order-2' })).toMatchObject({ ok: true, value: { state: 'SUCCESS' } });
  });

  test('accepts an expiry from one minute on', async () => {
    const merchant = createRawMerchant();
    expect((await charge(merchant, { time_expire: '20261124150809' })).fields['return_msg']).toContain(
      'time_expire时间过短',
    );
    expect((await charge(merchant, { time_expire: '20261124150810' })).fields).toMatchObject({
      result_code: 'SUCCESS',
    });
  });

  test('follows what was ordered for a code', async () => {
    const merchant = createRawMerchant();
    merchant.world.authCodes.set(GOOD_CODE, { ending: 'refused', code: 'NOTENOUGH' });
    expect((await charge(merchant)).fields).toMatchObject({ err_code: 'NOTENOUGH' });
  });
});

describe('a micropay that asks for the password', () => {
  test('is USERPAYING, and again when posted again', async () => {
    const merchant = createRawMerchant();
    await charge(merchant, { auth_code: codeEnding('9001') });
    expect(await query(merchant)).toMatchObject({
      trade_state: 'USERPAYING',
      trade_state_desc: '需要用户输入支付密码',
    });
    expect((await charge(merchant, { auth_code: codeEnding('9001') })).fields).toMatchObject({
      err_code: 'USERPAYING',
    });
  });

  test('has failed after thirty seconds, as observed', async () => {
    const merchant = createRawMerchant();
    await charge(merchant, { auth_code: codeEnding('9001') });
    await merchant.clock.advance(30_000);
    expect(await query(merchant)).toMatchObject({ trade_state: 'PAYERROR', trade_state_desc: '支付失败，请撤销订单' });
    expect((await charge(merchant, { auth_code: codeEnding('9001') })).fields).toMatchObject({
      err_code: 'TRADE_ERROR',
    });
  });

  test('is revoked by the platform after forty-five seconds, as documented', async () => {
    const merchant = createRawMerchant({ switches: { micropayTimeout: 'revoked' } });
    await charge(merchant, { auth_code: codeEnding('9001') });
    await merchant.clock.advance(44_999);
    expect(await query(merchant)).toMatchObject({ trade_state: 'USERPAYING' });
    await merchant.clock.advance(1);
    expect(await query(merchant)).toMatchObject({ trade_state: 'REVOKED', trade_state_desc: '订单已撤销' });
  });

  test('can be left hanging', async () => {
    const merchant = createRawMerchant({ switches: { micropayTimeout: 'never' } });
    await charge(merchant, { auth_code: codeEnding('9001') });
    await merchant.clock.advance(3_600_000);
    expect(await query(merchant)).toMatchObject({ trade_state: 'USERPAYING' });
  });

  test('fails when the payer cancels, and cannot be paid then', async () => {
    const merchant = createRawMerchant();
    await charge(merchant, { auth_code: codeEnding('9001') });
    expect(merchant.payer.cancel({ outTradeNo: 'order-1' })).toMatchObject({ ok: true, value: { state: 'PAYERROR' } });
    expect(merchant.payer.pay({ outTradeNo: 'order-1' })).toMatchObject({ ok: false, reason: 'failed' });
  });

  test('cannot be closed', async () => {
    const merchant = createRawMerchant();
    await charge(merchant, { auth_code: codeEnding('9001') });
    const close = await merchant.call('/pay/closeorder', { out_trade_no: 'order-1' });
    expect(close.fields).toMatchObject({ err_code: 'FREQUENCY_LIMITED' });
  });
});

describe('codes with an ending of their own', () => {
  test.each([
    ['9001', 'USERPAYING', 'USERPAYING', 'PAYERROR'],
    ['9002', 'USERPAYING', 'USERPAYING', 'SUCCESS'],
    ['9003', 'USERPAYING', 'USERPAYING', 'PAYERROR'],
    ['9004', 'USERPAYING', 'USERPAYING', 'PAYERROR'],
    ['9101', 'BANKERROR', 'PAYERROR', 'PAYERROR'],
    ['9102', 'BANKERROR', 'SUCCESS', 'SUCCESS'],
    ['9201', 'SYSTEMERROR', 'PAYERROR', 'PAYERROR'],
    ['9202', 'SYSTEMERROR', 'SUCCESS', 'SUCCESS'],
    ['9203', 'SYSTEMERROR', 'USERPAYING', 'PAYERROR'],
    ['9301', 'AUTHCODEEXPIRE', undefined, undefined],
    ['9302', 'NOTENOUGH', 'PAYERROR', 'PAYERROR'],
    ['9303', 'NOTSUPORTCARD', 'PAYERROR', 'PAYERROR'],
    ['9304', 'AUTH_CODE_ERROR', undefined, undefined],
    ['9305', 'TRADE_ERROR', 'PAYERROR', 'PAYERROR'],
  ])('…%s answers %s; the order is %s and in the end %s', async (ending, code, stateNow, stateLater) => {
    const merchant = createRawMerchant();
    expect((await charge(merchant, { auth_code: codeEnding(ending) })).fields).toMatchObject({
      result_code: 'FAIL',
      err_code: code,
    });
    expect((await query(merchant))['trade_state']).toBe(stateNow);
    await merchant.clock.advance(60_000);
    expect((await query(merchant))['trade_state']).toBe(stateLater);
  });

  test('are the ones of the table', () => {
    expect(Object.keys(SPECIAL_ENDINGS)).toHaveLength(14);
  });
});

describe('reverse', () => {
  test('makes an unpaid micropay unpayable, and its number unusable', async () => {
    const merchant = createRawMerchant();
    await charge(merchant, { auth_code: codeEnding('9001') });
    expect(await reverse(merchant)).toMatchObject({ result_code: 'SUCCESS', recall: 'N' });
    expect(await query(merchant)).toMatchObject({ trade_state: 'REVOKED' });
    expect(merchant.payer.pay({ outTradeNo: 'order-1' })).toMatchObject({ ok: false, reason: 'revoked' });
    expect((await charge(merchant)).fields).toMatchObject({ err_code: 'ORDERREVERSED' });
  });

  test('can be told to answer INVALID_REQUEST for a revoked number', async () => {
    const merchant = createRawMerchant({ switches: { revokedReuse: 'INVALID_REQUEST' } });
    await charge(merchant);
    await reverse(merchant);
    expect((await charge(merchant)).fields).toMatchObject({ err_code: 'INVALID_REQUEST' });
  });

  test('gives back a paid micropay, and says the same when asked again', async () => {
    const merchant = createRawMerchant();
    await charge(merchant);
    expect(await reverse(merchant)).toMatchObject({ recall: 'N' });
    expect(await reverse(merchant)).toMatchObject({ result_code: 'SUCCESS', recall: 'N' });
    expect(await query(merchant)).toMatchObject({ trade_state: 'REVOKED' });
  });

  test('revokes a failed micropay', async () => {
    const merchant = createRawMerchant();
    await charge(merchant, { auth_code: codeEnding('9101') });
    expect(await reverse(merchant)).toMatchObject({ result_code: 'SUCCESS' });
    expect(await query(merchant)).toMatchObject({ trade_state: 'REVOKED' });
  });

  test('asks to be called again first, when switched so', async () => {
    const merchant = createRawMerchant({ switches: { reverseRecall: 'Y-first' } });
    await charge(merchant);
    expect(await reverse(merchant)).toMatchObject({ result_code: 'SUCCESS', recall: 'Y' });
    expect(await query(merchant)).toMatchObject({ trade_state: 'SUCCESS' });
    expect(await reverse(merchant)).toMatchObject({ recall: 'N' });
    expect(await query(merchant)).toMatchObject({ trade_state: 'REVOKED' });
  });

  test('is refused under fifteen seconds while the payer is paying, when switched so', async () => {
    const merchant = createRawMerchant({ switches: { earlyReverse: 'INVALID_REQUEST' } });
    await charge(merchant, { auth_code: codeEnding('9001') });
    await merchant.clock.advance(14_999);
    expect(await reverse(merchant)).toMatchObject({
      err_code: 'INVALID_REQUEST',
      err_code_des: '正在支付中不能发起撤销',
    });
    await merchant.clock.advance(1);
    expect(await reverse(merchant)).toMatchObject({ recall: 'N' });
  });

  test('comes too late after seven days', async () => {
    const merchant = createRawMerchant();
    await charge(merchant);
    await merchant.clock.advance(7 * 24 * 3_600_000 + 1);
    expect(await reverse(merchant)).toMatchObject({ err_code: 'REVERSE_EXPIRE' });
  });

  test.each([['INVALID_REQUEST'], ['NOT_ALLOW']] as const)(
    'is for micropay only, else %s',
    async (reverseWrongScene) => {
      const merchant = createRawMerchant({ switches: { reverseWrongScene } });
      await merchant.call('/pay/unifiedorder', {
        body: 'x',
        out_trade_no: 'order-1',
        total_fee: '1',
        spbill_create_ip: '127.0.0.1',
        notify_url: 'http://127.0.0.1/n',
        trade_type: 'APP',
      });
      expect(await reverse(merchant)).toMatchObject({
        err_code: reverseWrongScene,
        err_code_des: '订单的支付场景不支持该请求',
      });
    },
  );

  test('does not touch an order with refunds', async () => {
    const merchant = createRawMerchant();
    await charge(merchant);
    const refund = { out_trade_no: 'order-1', out_refund_no: 'r1', total_fee: '1990', refund_fee: '1' };
    await merchant.call('/secapi/pay/refund', refund, { identity: IDENTITY });
    expect(await reverse(merchant)).toMatchObject({ err_code: 'TRADE_ERROR' });
  });

  test.each([['ORDERNOTEXIST'], ['INVALID_REQUEST']] as const)(
    'says %s for an unknown number when switched so',
    async (reverseUnknown) => {
      expect(await reverse(createRawMerchant({ switches: { reverseUnknown } }))).toMatchObject({
        err_code: reverseUnknown,
      });
    },
  );

  test('says INVALID_TRANSACTIONID for an unknown transaction_id', async () => {
    const answer = await createRawMerchant().call(
      '/secapi/pay/reverse',
      { transaction_id: '42' },
      { identity: IDENTITY },
    );
    expect(answer.fields).toMatchObject({ err_code: 'INVALID_TRANSACTIONID' });
  });
});

test('authcodetoopenid tells the payer that micropay will charge, and leaves the code usable', async () => {
  const merchant = createRawMerchant();
  const asked = await merchant.call('/tools/authcodetoopenid', { auth_code: GOOD_CODE });
  expect(asked).toMatchObject({ sign: 'right', fields: { result_code: 'SUCCESS' } });
  expect((await charge(merchant)).fields['openid']).toBe(asked.fields['openid']);
  const again = await merchant.call('/tools/authcodetoopenid', { auth_code: GOOD_CODE });
  expect(again.fields).toMatchObject({ err_code: 'AUTH_CODE_INVALID' });
  const expired = await merchant.call('/tools/authcodetoopenid', { auth_code: codeEnding('9301') });
  expect(expired.fields).toMatchObject({ err_code: 'AUTHCODEEXPIRE' });
});
