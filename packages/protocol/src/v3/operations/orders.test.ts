import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fen } from '../../values/fen.ts';
import { parseOutTradeNo, parseTransactionId } from '../../values/numbers.ts';
import { bytes, valueOf, vectorBytes, vectorRows, vectorText } from '../vectors.suite.ts';
import { v3App } from './app.ts';
import { v3Close } from './close.ts';
import { v3H5 } from './h5.ts';
import { v3Jsapi } from './jsapi.ts';
import { v3Native } from './native.ts';
import { v3QueryById, v3QueryByOutTradeNo } from './query.ts';
import { bodyOf, MERCHANT, OPENID, ORDER, OUT_TRADE_NO, PROVIDER, PROVIDER_WITH_APPID } from './senders.suite.ts';

const FULL = {
  ...ORDER,
  expireAtMs: Date.UTC(2026, 0, 1, 1),
  attach: '附加',
  goodsTag: 'WXG',
  supportFapiao: true,
  detail: {
    costPriceFen: fen(120),
    receiptId: 'wx1',
    goods: [{ goodsId: '1', wxpayGoodsId: '2', goodsName: '苹果', quantity: 2, priceFen: fen(50) }],
  },
  profitSharing: false,
  scene: {
    payerClientIp: '14.23.150.211',
    deviceInfo: '013467007045764',
    store: { storeId: '0001', name: '腾讯大厦分店' },
  },
};

describe('placing an order', () => {
  test('a native order is the body of vector R3, whatever the order of its members', () => {
    const printed = v3Native.printRequest(ORDER, MERCHANT);
    const r3 = vectorRows('v3-signatures/requests.json')[2];
    expect(valueOf(printed)).toMatchObject({ method: 'POST', path: r3?.('path') });
    expect(bodyOf(printed)).toEqual(JSON.parse(r3?.('body') ?? ''));
  });

  test('everything that an order can say arrives under the documented names', () => {
    expect(bodyOf(v3App.printRequest(FULL, MERCHANT))).toEqual({
      appid: MERCHANT.appid,
      mchid: MERCHANT.mchid,
      description: ORDER.description,
      out_trade_no: 'ORDER20260101001',
      time_expire: '2026-01-01T09:00:00+08:00',
      attach: '附加',
      notify_url: ORDER.notifyUrl,
      goods_tag: 'WXG',
      support_fapiao: true,
      amount: { total: 100, currency: 'CNY' },
      detail: {
        cost_price: 120,
        invoice_id: 'wx1',
        goods_detail: [
          { merchant_goods_id: '1', wechatpay_goods_id: '2', goods_name: '苹果', quantity: 2, unit_price: 50 },
        ],
      },
      scene_info: {
        payer_client_ip: '14.23.150.211',
        device_id: '013467007045764',
        store_info: { id: '0001', name: '腾讯大厦分店' },
      },
      settle_info: { profit_sharing: false },
    });
  });

  test('the same order printed again is the same text, so that sending it again is no other order', () => {
    expect(v3App.printRequest(FULL, MERCHANT)).toEqual(v3App.printRequest({ ...FULL }, MERCHANT));
  });

  test('a JSAPI order says who pays', () => {
    expect(bodyOf(v3Jsapi.printRequest({ ...ORDER, openid: OPENID }, MERCHANT))).toMatchObject({
      payer: { openid: OPENID },
    });
  });

  test('a service provider sends the same order for a sub-merchant, under its own path and names', () => {
    const printed = v3Jsapi.printRequest({ ...ORDER, openid: OPENID }, PROVIDER);
    expect(valueOf(printed).path).toBe('/v3/pay/partner/transactions/jsapi');
    expect(bodyOf(printed)).toEqual({
      sp_appid: MERCHANT.appid,
      sp_mchid: '1900000001',
      sub_mchid: '1900000109',
      description: ORDER.description,
      out_trade_no: 'ORDER20260101001',
      notify_url: ORDER.notifyUrl,
      amount: { total: 100, currency: 'CNY' },
      payer: { sp_openid: OPENID },
    });
  });

  test('the payer of a sub-merchant is known under its appid', () => {
    const printed = v3Jsapi.printRequest({ ...ORDER, subOpenid: OPENID }, PROVIDER_WITH_APPID);
    expect(bodyOf(printed)).toMatchObject({ sub_appid: 'wxd678efh567hg6999', payer: { sub_openid: OPENID } });
  });

  test('a payer of a sub-merchant, or an appid of one, means nothing without the sub-merchant', () => {
    expect(v3Jsapi.printRequest({ ...ORDER, subOpenid: OPENID }, MERCHANT)).toMatchObject({
      message: expect.stringContaining('payer.sub_openid'),
    });
    const { subMchid: _, ...sender } = PROVIDER_WITH_APPID;
    expect(v3Native.printRequest(ORDER, sender)).toMatchObject({
      message: expect.stringContaining('sub_mchid is required'),
    });
  });

  test('a JSAPI order without a payer is refused on either side', () => {
    const untyped: typeof ORDER & { openid: typeof OPENID } = JSON.parse(JSON.stringify(ORDER));
    expect(v3Jsapi.printRequest(untyped, MERCHANT)).toMatchObject({
      reason: 'field-missing',
      message: 'payer.openid is required',
    });
    expect(v3Jsapi.printRequest(untyped, PROVIDER)).toMatchObject({
      message: 'payer.sp_openid or payer.sub_openid is required',
    });
  });

  const H5 = {
    ...ORDER,
    scene: { payerClientIp: '::1', h5: { type: 'iOS', bundleId: 'com.tencent.wzryiOS' } },
  } as const;

  test('an H5 order says from which browser it comes', () => {
    expect(bodyOf(v3H5.printRequest(H5, MERCHANT))).toMatchObject({
      scene_info: { payer_client_ip: '::1', h5_info: { type: 'iOS', bundle_id: 'com.tencent.wzryiOS' } },
    });
  });

  test('an H5 order without its scene is refused', () => {
    const untyped: typeof H5 = JSON.parse(JSON.stringify(ORDER));
    expect(v3H5.printRequest(untyped, MERCHANT)).toMatchObject({ message: 'scene_info is required' });
    const half: typeof H5 = JSON.parse(JSON.stringify({ ...ORDER, scene: { payerClientIp: '::1' } }));
    expect(v3H5.printRequest(half, MERCHANT)).toMatchObject({ message: 'scene_info.h5_info is required' });
  });

  test.each([
    ['description', { description: '中'.repeat(43) }, 'description: has 129 UTF-8 bytes, allowed are 127'],
    ['description with an emoji', { description: '🧧' }, 'description: has a 4-byte character'],
    ['attach', { attach: 'a'.repeat(129) }, 'attach: has 129 UTF-8 bytes, allowed are 128'],
    ['short number', { outTradeNo: valueOf(parseOutTradeNo('12345')) }, 'out_trade_no: must have 6 to 32'],
    ['amount', { totalFen: fen(0) }, 'amount.total: must be above 0 fen'],
    ['address with a query', { notifyUrl: 'https://shop.example.com/a?b=1' }, 'notify_url: must have no query'],
    ['empty list of goods', { detail: { goods: [] } }, 'detail.goods_detail: has 0 entries'],
    [
      'quantity',
      { detail: { goods: [{ goodsId: '1', quantity: 0, priceFen: fen(1) }] } },
      'detail.goods_detail[0].quantity: ',
    ],
    [
      'detail beyond 6144 bytes',
      {
        detail: {
          goods: Array.from({ length: 99 }, () => ({
            goodsId: 'g',
            goodsName: 'a'.repeat(64),
            quantity: 1,
            priceFen: fen(1),
          })),
        },
      },
      'bytes of JSON, allowed are 6144',
    ],
    ['address of the payer', { scene: { payerClientIp: '' } }, 'scene_info.payer_client_ip is required'],
    ['shop', { scene: { payerClientIp: '::1', store: { storeId: '' } } }, 'scene_info.store_info.id is required'],
  ])('an order with an impossible %s is refused by the name of the member', (_, change, sentence) => {
    expect(v3Native.printRequest({ ...ORDER, ...change }, MERCHANT)).toMatchObject({
      ok: false,
      message: expect.stringContaining(sentence),
    });
  });

  test('the answers bring what opens the payment', () => {
    const answer = (json: string) => ({ status: 200, body: bytes(json) });
    expect(v3Jsapi.readAnswer(answer('{"prepay_id":"wx26112221580621e9b071c00d9e093b0000"}'))).toEqual({
      ok: true,
      value: { prepayId: 'wx26112221580621e9b071c00d9e093b0000' },
    });
    expect(
      v3Native.readAnswer(answer('{"code_url":"weixin://wxpay/bizpayurl/up?pr=NwY5Mz9&groupid=00"}')),
    ).toMatchObject({
      value: { codeUrl: 'weixin://wxpay/bizpayurl/up?pr=NwY5Mz9&groupid=00' },
    });
    expect(v3H5.readAnswer(answer('{"h5_url":"https://wx.tenpay.com/x?prepay_id=1&package=2"}'))).toMatchObject({
      ok: true,
    });
    expect(v3App.readAnswer(answer('{}'))).toMatchObject({ ok: false, reason: 'field-missing' });
    expect(v3App.readAnswer(answer(''))).toMatchObject({ ok: false, reason: 'not-json' });
  });
});

describe('closing an order', () => {
  test('the request is that of vector R4', () => {
    const r4 = vectorRows('v3-signatures/requests.json')[3];
    expect(valueOf(v3Close.printRequest({ outTradeNo: OUT_TRADE_NO }, MERCHANT))).toEqual({
      method: 'POST',
      path: r4?.('path'),
      body: r4?.('body'),
    });
  });

  test('a service provider names both merchants', () => {
    const printed = v3Close.printRequest({ outTradeNo: OUT_TRADE_NO }, PROVIDER_WITH_APPID);
    expect(valueOf(printed)).toEqual({
      method: 'POST',
      path: '/v3/pay/partner/transactions/out-trade-no/ORDER20260101001/close',
      body: '{"sp_mchid":"1900000001","sub_mchid":"1900000109"}',
    });
  });

  test('no body is success', () => {
    expect(v3Close.success).toEqual([204]);
    expect(v3Close.readAnswer({ status: 204, body: bytes('') })).toEqual({ ok: true, value: {} });
  });
});

describe('querying an order', () => {
  test.each([1, 4])('the request by number is that of row %i of the vectors, escaped as it is sent', (index) => {
    const row = vectorRows('v3-signatures/requests.json')[index];
    const outTradeNo = valueOf(parseOutTradeNo(index === 1 ? 'ORDER20260101001' : 'A|B*C_1-2'));
    expect(valueOf(v3QueryByOutTradeNo.printRequest({ outTradeNo }, MERCHANT))).toEqual({
      method: 'GET',
      path: row?.('path'),
      body: '',
    });
  });

  test('the request by WeChat Pay’s number names the merchant in the query', () => {
    const transactionId = valueOf(parseTransactionId('4200002601202601010000000001'));
    expect(valueOf(v3QueryById.printRequest({ transactionId }, MERCHANT)).path).toBe(
      '/v3/pay/transactions/id/4200002601202601010000000001?mchid=1900000001',
    );
    expect(valueOf(v3QueryById.printRequest({ transactionId }, PROVIDER)).path).toBe(
      '/v3/pay/partner/transactions/id/4200002601202601010000000001?sp_mchid=1900000001&sub_mchid=1900000109',
    );
  });

  test('every number comes out of its path as it went in, with its case', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Za-z_\-|*@]{1,32}$/), (number) => {
        const outTradeNo = valueOf(parseOutTradeNo(number));
        const { path } = valueOf(v3QueryByOutTradeNo.printRequest({ outTradeNo }, MERCHANT));
        const url = new URL(path, 'https://api.mch.weixin.qq.com');
        expect(`${url.pathname}${url.search}`).toBe(path);
        expect(decodeURIComponent(url.pathname.split('/').at(-1) ?? '')).toBe(number);
        expect(url.searchParams.get('mchid')).toBe('1900000001');
      }),
    );
  });

  const read = (body: Uint8Array) => v3QueryByOutTradeNo.readAnswer({ status: 200, body });

  test('an unpaid order is read from the shape that the gateway was seen to answer', () => {
    expect(read(vectorBytes('v3-messages/query-notpay.json'))).toEqual({
      ok: true,
      value: {
        tradeState: 'NOTPAY',
        tradeStateDesc: '订单未支付',
        appid: MERCHANT.appid,
        mchid: MERCHANT.mchid,
        outTradeNo: 'ORDER20260101001',
        totalFen: 100,
      },
    });
  });

  test('a paid order is read in the words of v2', () => {
    expect(read(vectorBytes('v3-messages/query-success.json'))).toEqual({
      ok: true,
      value: {
        tradeState: 'SUCCESS',
        tradeStateDesc: '支付成功',
        appid: MERCHANT.appid,
        mchid: MERCHANT.mchid,
        outTradeNo: 'ORDER20260101001',
        transactionId: '4200002601202601010000000001',
        tradeType: 'NATIVE',
        totalFen: 100,
        cashFen: 100,
        feeType: 'CNY',
        cashFeeType: 'CNY',
        bankType: 'OTHERS',
        openid: OPENID,
        paidAtMs: Date.UTC(2026, 0, 1),
        coupons: [],
      },
    });
  });

  const PAID = vectorText('v3-messages/query-success.json');

  test.each(['SUCCESS', 'REFUND', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR', 'ACCEPT'])(
    'the state %s is read',
    (state) => {
      expect(read(bytes(PAID.replace('"trade_state":"SUCCESS"', `"trade_state":"${state}"`)))).toMatchObject({
        value: { tradeState: state },
      });
    },
  );

  test.each(['trade_state', 'out_trade_no', 'transaction_id', 'amount', 'appid', 'mchid'])(
    'a paid order without a readable %s is no knowledge',
    (name) => {
      expect(read(bytes(PAID.replace(`"${name}":`, '"x":')))).toMatchObject({ ok: false, reason: 'field-missing' });
    },
  );

  test('a state that nobody knows is no knowledge', () => {
    expect(read(bytes(PAID.replace('"trade_state":"SUCCESS"', '"trade_state":"PAID"')))).toMatchObject({
      reason: 'field-invalid',
    });
  });

  test('a circumstance that makes no sense does not hide that the order is paid', () => {
    const odd = PAID.replace('"2026-01-01T08:00:00+08:00"', '"yesterday"')
      .replace('"payer_total":100', '"payer_total":"100"')
      .replace('"promotion_detail":[]', '"promotion_detail":{}');
    expect(read(bytes(odd))).toMatchObject({ value: { tradeState: 'SUCCESS', totalFen: 100, coupons: [] } });
  });

  test('coupons are told in the words of v2, those that cannot be read left out', () => {
    const list = JSON.stringify([
      {
        coupon_id: '109519',
        name: '单品惠-6',
        scope: 'SINGLE',
        type: 'NOCASH',
        amount: 10,
        stock_id: '931386',
        wechatpay_contribute: 0,
        merchant_contribute: 10,
        other_contribute: 0,
        currency: 'CNY',
        goods_detail: [{ goods_id: 'M1006', quantity: 1, unit_price: 100, discount_amount: 10 }],
      },
      { coupon_id: '2', type: 'COUPON', amount: '10' },
      7,
    ]);
    const value = valueOf(read(bytes(PAID.replace('"promotion_detail":[]', `"promotion_detail":${list}`))));
    expect(value).toMatchObject({
      coupons: [
        {
          couponId: '109519',
          type: 'NO_CASH',
          couponFen: 10,
          scope: 'SINGLE',
          stockId: '931386',
          merchantContributeFen: 10,
          goods: [{ goodsId: 'M1006', discountFen: 10 }],
        },
        { couponId: '2' },
      ],
    });
  });

  test('an order of a service provider says whose it is under the same names', () => {
    const partner = PAID.replace(
      '"appid":"wxd678efh567hg6787"',
      '"sp_appid":"wxd678efh567hg6787","sub_appid":"wxd678efh567hg6999"',
    )
      .replace('"mchid":"1900000001"', '"sp_mchid":"1900000001","sub_mchid":"1900000109"')
      .replace('"openid":', '"sub_openid":"osub","sp_openid":');
    expect(read(bytes(partner))).toMatchObject({
      value: {
        appid: MERCHANT.appid,
        mchid: '1900000001',
        subAppid: 'wxd678efh567hg6999',
        subMchid: '1900000109',
        openid: OPENID,
        subOpenid: 'osub',
      },
    });
  });
});
