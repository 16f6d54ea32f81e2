import { describe, expect, test } from 'vitest';
import { APPID, createRawMerchant, merchantOf, nativeOrder, type RawMerchant } from '../testing/raw-merchant.ts';

const HOUR_MS = 3_600_000;

const place = (merchant: RawMerchant, more: Readonly<Record<string, string>> = {}) =>
  merchant.call('/pay/unifiedorder', nativeOrder('order-1', more));

describe('unifiedorder', () => {
  test('hands out a prepay_id and a code_url for NATIVE, the sign before them', async () => {
    const answer = await place(createRawMerchant());
    expect(answer).toMatchObject({ sign: 'right', fields: { result_code: 'SUCCESS', trade_type: 'NATIVE' } });
    expect(answer.fields['prepay_id']).toMatch(/^wx[0-9]{8}[0-9a-f]{22}0000$/);
    expect(answer.fields['code_url']).toMatch(/^weixin:\/\/wxpay\/bizpayurl\?pr=[0-9A-Za-z]{9}$/);
    expect(Object.keys(answer.fields)).toEqual(
      'return_code return_msg result_code mch_id appid nonce_str sign prepay_id trade_type code_url'.split(' '),
    );
  });

  test('hands out a page for MWEB and only a prepay_id for JSAPI and APP', async () => {
    const merchant = createRawMerchant();
    const mweb = await merchant.call('/pay/unifiedorder', nativeOrder('m', { trade_type: 'MWEB', scene_info: '{}' }));
    expect(mweb.fields['mweb_url']).toContain(`prepay_id=${mweb.fields['prepay_id']}`);
    const jsapi = await merchant.call('/pay/unifiedorder', nativeOrder('j', { trade_type: 'JSAPI', openid: 'o1' }));
    expect(jsapi.fields).not.toHaveProperty('code_url');
    expect(
      (await merchant.call('/pay/unifiedorder', nativeOrder('a', { trade_type: 'APP' }))).fields['prepay_id'],
    ).toMatch(/^wx/);
  });

  test('writes the order down for the merchant of the call', async () => {
    const merchant = createRawMerchant();
    await place(merchant, { attach: '深圳分店', time_expire: '20261124151410' });
    expect(merchant.world.ledger.ordersNamed('order-1')).toMatchObject([
      {
        mchid: '10000100',
        totalFen: 1990,
        attach: '深圳分店',
        state: 'NOTPAY',
        expiresAtMs: Date.parse('2026-11-24T07:14:10Z'),
        nonce: 'nonce1',
      },
    ]);
  });

  test.each([
    ['total_fee', '0', { return_code: 'SUCCESS', err_code: 'PARAM_ERROR', err_code_des: 'total_fee参数格式错误' }],
    ['total_fee', '19.90', { err_code: 'PARAM_ERROR' }],
    ['total_fee', '01', { err_code: 'PARAM_ERROR' }],
    ['trade_type', 'MICROPAY', { err_code: 'PARAM_ERROR' }],
    ['trade_type', '', { return_code: 'FAIL', return_msg: 'trade_type参数长度有误' }],
    ['body', '', { return_code: 'FAIL', return_msg: 'body参数长度有误' }],
    ['attach', 'a'.repeat(128), { return_code: 'FAIL', return_msg: 'attach参数长度有误' }],
    ['out_trade_no', 'a b', { err_code: 'PARAM_ERROR' }],
    ['notify_url', '/notify', { err_code: 'PARAM_ERROR' }],
    ['fee_type', 'USD', { err_code: 'PARAM_ERROR' }],
    ['spbill_create_ip', 'somewhere', { err_code: 'PARAM_ERROR' }],
    ['time_expire', 'tomorrow', { err_code: 'PARAM_ERROR' }],
    ['time_expire', '20261324000000', { err_code: 'PARAM_ERROR' }],
  ])('refuses %s "%s"', async (field, value, expected) => {
    const merchant = createRawMerchant();
    expect((await place(merchant, { [field]: value })).fields).toMatchObject(expected);
    expect(merchant.world.ledger.orders()).toEqual([]);
  });

  test('refuses an expiry of five minutes or less, by its own clock', async () => {
    const merchant = createRawMerchant();
    const answer = await place(merchant, { time_expire: '20261124151209' });
    expect(answer.fields).toMatchObject({
      return_code: 'FAIL',
      return_msg: 'time_expire时间过短，刷卡至少1分钟，其他5分钟',
    });
    expect((await place(merchant, { time_expire: '20261124151210' })).fields).toMatchObject({ result_code: 'SUCCESS' });
  });

  test('needs the openid for JSAPI, one of this appid', async () => {
    const merchant = createRawMerchant();
    const none = await place(merchant, { trade_type: 'JSAPI' });
    expect(none.fields).toMatchObject({ return_code: 'FAIL', return_msg: 'JSAPI支付必须传openid' });
    merchant.world.openids.set('oOther', 'wx0000000000000200');
    const foreign = await place(merchant, { trade_type: 'JSAPI', openid: 'oOther' });
    expect(foreign.fields).toMatchObject({ err_code: 'PARAM_ERROR', err_code_des: 'appid和openid不匹配' });
    expect((await place(merchant, { trade_type: 'JSAPI', openid: '无' })).fields).toMatchObject({
      err_code_des: '无效的openid',
    });
  });

  test('can be made to insist on product_id and scene_info', async () => {
    const lenient = createRawMerchant();
    expect((await place(lenient, { product_id: '' })).fields).toMatchObject({ result_code: 'SUCCESS' });
    const strict = createRawMerchant({ switches: { conditionalFields: 'required' } });
    expect((await place(strict, { product_id: '' })).fields).toMatchObject({ return_msg: 'product_id参数长度有误' });
    expect((await place(strict, { trade_type: 'MWEB' })).fields).toMatchObject({
      return_msg: 'scene_info参数长度有误',
    });
  });

  test('refuses a product that the merchant has not enabled', async () => {
    const merchant = createRawMerchant({
      merchants: [merchantOf('10000100', APPID, { disabledProducts: new Set(['NATIVE']) })],
    });
    expect((await place(merchant)).fields['return_msg']).toContain('商户号该产品权限未开通');
  });
});

describe('unifiedorder for a used number', () => {
  test('hands out one more prepay_id for the same content', async () => {
    const merchant = createRawMerchant();
    const [first, second] = [await place(merchant), await place(merchant)];
    expect(second.fields).toMatchObject({ result_code: 'SUCCESS' });
    expect(second.fields['prepay_id']).not.toBe(first.fields['prepay_id']);
    expect(merchant.world.ledger.orders()).toHaveLength(1);
  });

  test.each([
    ['body', 'other'],
    ['total_fee', '1991'],
    ['trade_type', 'APP'],
    ['time_expire', '20261124170000'],
  ])('refuses another %s', async (field, value) => {
    const merchant = createRawMerchant();
    await place(merchant);
    expect((await place(merchant, { [field]: value })).fields).toMatchObject({
      err_code: 'INVALID_REQUEST',
      err_code_des: '201 商户订单号重复',
    });
  });

  test('lets attach differ unless all content is compared', async () => {
    const observed = createRawMerchant();
    await place(observed);
    expect((await place(observed, { attach: 'other' })).fields).toMatchObject({ result_code: 'SUCCESS' });
    const documented = createRawMerchant({ switches: { comparedFields: 'all-fields' } });
    await place(documented);
    expect((await place(documented)).fields).toMatchObject({ result_code: 'SUCCESS' });
    expect((await place(documented, { attach: 'other' })).fields).toMatchObject({ err_code: 'INVALID_REQUEST' });
  });

  test('had a code of its own before 2017', async () => {
    const merchant = createRawMerchant({ switches: { repeatedOrder: 'OUT_TRADE_NO_USED' } });
    await place(merchant);
    expect((await place(merchant, { body: 'other' })).fields).toMatchObject({
      err_code: 'OUT_TRADE_NO_USED',
      err_code_des: '商户订单号重复',
    });
  });

  test('says ORDERPAID for a paid one', async () => {
    const merchant = createRawMerchant();
    await place(merchant);
    merchant.payer.pay({ outTradeNo: 'order-1' });
    expect((await place(merchant)).fields).toMatchObject({ err_code: 'ORDERPAID', err_code_des: '该订单已支付' });
  });

  test.each([
    ['ORDERCLOSED', 'ORDERCLOSED'],
    ['INVALID_REQUEST', 'INVALID_REQUEST'],
  ] as const)('says %s for a closed one when switched so', async (closedReuse, code) => {
    const merchant = createRawMerchant({ switches: { closedReuse } });
    await place(merchant);
    await merchant.call('/pay/closeorder', { out_trade_no: 'order-1' });
    expect((await place(merchant)).fields).toMatchObject({ err_code: code });
  });

  test.each([['INVALID_REQUEST'], ['ORDERCLOSED']] as const)(
    'says %s for one closed by age when switched so',
    async (agedReuse) => {
      const merchant = createRawMerchant({ switches: { agedReuse } });
      await place(merchant);
      await merchant.clock.advance(7 * 24 * HOUR_MS);
      expect((await place(merchant)).fields).toMatchObject({ err_code: agedReuse });
    },
  );
});

describe('service providers', () => {
  test('must name the sub-merchant and get it back', async () => {
    const merchant = createRawMerchant({ merchants: [merchantOf('10000100', APPID, { role: 'provider' })] });
    const without = await place(merchant);
    expect(without).toMatchObject({
      sign: 'none',
      fields: { return_code: 'FAIL', return_msg: '受理机构必须传入sub_mch_id' },
    });
    const sub = { sub_mch_id: '1900000109', sub_appid: 'wxsub' };
    expect((await place(merchant, sub)).fields).toMatchObject({ sub_mch_id: '1900000109', sub_appid: 'wxsub' });
    merchant.payer.pay({ outTradeNo: 'order-1' });
    const queried = await merchant.call('/pay/orderquery', { out_trade_no: 'order-1', ...sub });
    expect(queried).toMatchObject({ sign: 'right', fields: { trade_state: 'SUCCESS', sub_is_subscribe: 'N' } });
    expect(queried.fields['sub_openid']).toMatch(/^o/);
  });
});
