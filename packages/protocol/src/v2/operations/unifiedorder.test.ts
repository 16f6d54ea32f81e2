import { expect, test } from 'vitest';
import { fen } from '../../values/fen.ts';
import { parseOpenid, parseOutTradeNo } from '../../values/numbers.ts';
import { fieldsOf, valueOf, vectorFields } from '../messages.suite.ts';
import { type AppOrder, unifiedorder, type UnifiedorderRequest } from './unifiedorder.ts';

const OPENID = valueOf(parseOpenid('oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'));

const APP: AppOrder = {
  tradeType: 'APP',
  outTradeNo: valueOf(parseOutTradeNo('1415659990')),
  body: '天虹南山店-超市',
  totalFen: fen(1990),
  spbillCreateIp: '2001:db8::1',
  notifyUrl: 'https://shop.example.com/wx/notify',
};

const APP_FIELDS = {
  trade_type: 'APP',
  out_trade_no: '1415659990',
  body: '天虹南山店-超市',
  total_fee: '1990',
  spbill_create_ip: '2001:db8::1',
  notify_url: 'https://shop.example.com/wx/notify',
};

const printed = (request: UnifiedorderRequest): ReadonlyMap<string, string> =>
  valueOf(unifiedorder.printRequest(request));

test('an APP order needs nothing beside what every order has', () => {
  expect(printed(APP)).toEqual(fieldsOf(APP_FIELDS));
});

test('a JSAPI order names the payer under one of two appids, or under both', () => {
  expect(printed({ ...APP, tradeType: 'JSAPI', openid: OPENID }).get('openid')).toBe(OPENID);
  expect(printed({ ...APP, tradeType: 'JSAPI', subOpenid: OPENID }).get('sub_openid')).toBe(OPENID);
  expect(printed({ ...APP, tradeType: 'JSAPI', openid: OPENID, subOpenid: OPENID }).size).toBe(8);
});

test('a NATIVE order names what is sold', () => {
  expect(printed({ ...APP, tradeType: 'NATIVE', productId: '12235413214070356458058' }).get('product_id')).toBe(
    '12235413214070356458058',
  );
});

test.each([
  [
    { type: 'Wap', wapUrl: 'https://m.example.com', wapName: '商城' },
    '{"h5_info":{"type":"Wap","wap_url":"https://m.example.com","wap_name":"商城"}}',
  ],
  [
    { type: 'IOS', appName: '商城', bundleId: 'com.example.shop' },
    '{"h5_info":{"type":"IOS","app_name":"商城","bundle_id":"com.example.shop"}}',
  ],
  [
    { type: 'Android', appName: '商城', packageName: 'com.example.shop' },
    '{"h5_info":{"type":"Android","app_name":"商城","package_name":"com.example.shop"}}',
  ],
] as const)('an MWEB order says where it comes from: %j', (h5, json) => {
  expect(printed({ ...APP, tradeType: 'MWEB', sceneInfo: { h5 } }).get('scene_info')).toBe(json);
});

test('an order may name the shop', () => {
  const store = { storeId: 'SZTX001', name: '腾大餐厅', areaCode: '440305', address: '科技园中一路腾讯大厦' };
  expect(printed({ ...APP, sceneInfo: { store } }).get('scene_info')).toBe(
    '{"store_info":{"id":"SZTX001","name":"腾大餐厅","area_code":"440305","address":"科技园中一路腾讯大厦"}}',
  );
});

test('everything optional is printed under its name on the wire', () => {
  const order = printed({
    ...APP,
    attach: '深圳分店',
    feeType: 'CNY',
    startAtMs: Date.UTC(2014, 10, 10, 0, 0, 0),
    expireAtMs: Date.UTC(2014, 10, 10, 16, 30, 0),
    goodsTag: 'WXG',
    limitPay: 'no_credit',
    receipt: 'Y',
    profitSharing: 'N',
    deviceInfo: 'WEB',
    version: '1.0',
    userType: 'IDCARD',
    userCreid: '110101199003077715',
    userTruename: '张三',
  });
  expect(order).toEqual(
    fieldsOf({
      ...APP_FIELDS,
      attach: '深圳分店',
      fee_type: 'CNY',
      time_start: '20141110080000',
      time_expire: '20141111003000',
      goods_tag: 'WXG',
      limit_pay: 'no_credit',
      receipt: 'Y',
      profit_sharing: 'N',
      device_info: 'WEB',
      version: '1.0',
      user_type: 'IDCARD',
      user_creid: '110101199003077715',
      user_truename: '张三',
    }),
  );
});

test('the detail of an order is JSON with amounts and quantities as numbers and ids as text', () => {
  const detail = {
    costPriceFen: fen(608800),
    receiptId: 'wx123',
    goods: [
      { goodsId: '1', wxpayGoodsId: '1001', goodsName: 'iPhone6s 16G & <A>', quantity: 1, priceFen: fen(528800) },
    ],
  };
  expect(printed({ ...APP, detail }).get('detail')).toBe(
    '{"cost_price":608800,"receipt_id":"wx123","goods_detail":[{"goods_id":"1","wxpay_goods_id":"1001",' +
      '"goods_name":"iPhone6s 16G & <A>","quantity":1,"price":528800}]}',
  );
});

test('a flaw in the detail is refused with the number of its entry and its name', () => {
  const goods = [
    { goodsId: 'a', quantity: 1, priceFen: fen(1) },
    { goodsId: 'b', quantity: 0, priceFen: fen(1) },
  ];
  expect(unifiedorder.printRequest({ ...APP, detail: { goods } })).toMatchObject({
    ok: false,
    reason: 'field-invalid',
    message: 'detail: entry 1: quantity: must be at least 1',
  });
});

test('a detail of more than 6000 bytes is refused', () => {
  const goods = Array.from({ length: 100 }, (_, index) => ({
    goodsId: `goods-${index}`,
    goodsName: '名'.repeat(30),
    quantity: 1,
    priceFen: fen(1),
  }));
  expect(unifiedorder.printRequest({ ...APP, detail: { goods } })).toMatchObject({
    message: expect.stringMatching(/^detail: has \d+ UTF-8 bytes, allowed are 6000$/),
  });
});

test.each([
  [{ tradeType: 'JSAPI' }, 'openid or sub_openid is required'],
  [{ tradeType: 'NATIVE' }, 'product_id is required'],
  [{ tradeType: 'MWEB' }, 'scene_info is required'],
])('an order of %j without what its trade type needs is refused before it is sent', (change, message) => {
  const order = { ...APP, ...change };
  // @ts-expect-error: callers without types get an answer too
  expect(unifiedorder.printRequest(order)).toMatchObject({ ok: false, reason: 'field-missing', message });
});

test.each([
  [{ totalFen: fen(0) }, 'total_fee: must be above 0 fen'],
  [{ body: '' }, 'body is required'],
  [{ body: '付'.repeat(43) }, 'body: has 129 UTF-8 bytes, allowed are 127'],
  [{ notifyUrl: 'https://shop.example.com/?a=1' }, 'notify_url: must have no query'],
])('an order with %j is refused with the name of the field', (change, message) => {
  expect(unifiedorder.printRequest({ ...APP, ...change })).toMatchObject({
    ok: false,
    message: expect.stringContaining(message),
  });
});

test('a trade type that unifiedorder does not know is refused with the ones it knows', () => {
  const order = { ...APP, tradeType: 'MICROPAY' };
  // @ts-expect-error: callers without types get an answer too
  expect(unifiedorder.printRequest(order)).toMatchObject({
    ok: false,
    message: 'trade_type: is none of JSAPI, NATIVE, APP, MWEB',
  });
});

test('the captured answer to a JSAPI order brings its prepay id', () => {
  expect(valueOf(unifiedorder.readAnswer(vectorFields('unifiedorder-jsapi')))).toEqual({
    tradeType: 'JSAPI',
    prepayId: 'wx201411101639507cbf6ffd8b0779950874',
  });
});

test('the captured answer to a NATIVE order brings the content of the QR code', () => {
  expect(valueOf(unifiedorder.readAnswer(vectorFields('unifiedorder-native')))).toEqual({
    tradeType: 'NATIVE',
    prepayId: 'wx130101176257317953a5acb7c0254d0000',
    codeUrl: 'weixin://wxpay/bizpayurl?pr=NwY5Mz9zz',
  });
});

const MWEB_URL =
  'https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx20161110163838f231619da20804912345&package=1037687096';

test('the answer to an MWEB order brings an address longer than documented', () => {
  const fields = fieldsOf({ trade_type: 'MWEB', prepay_id: 'wx20161110163838f2', mweb_url: MWEB_URL });
  expect(valueOf(unifiedorder.readAnswer(fields))).toMatchObject({ tradeType: 'MWEB', mwebUrl: MWEB_URL });
});

test('the answer to an APP order has a prepay id and no address', () => {
  const fields = fieldsOf({ trade_type: 'APP', prepay_id: 'wx1', openid: 'o-once-observed' });
  expect(valueOf(unifiedorder.readAnswer(fields))).toEqual({ tradeType: 'APP', prepayId: 'wx1' });
});

test.each([
  ['JSAPI', 'prepay_id', {}],
  ['NATIVE', 'code_url', { prepay_id: 'wx1' }],
  ['MWEB', 'mweb_url', { prepay_id: 'wx1', mweb_url: '' }],
])('an answer to a %s order without %s is unreadable: the payer could not pay', (tradeType, name, fields) => {
  expect(unifiedorder.readAnswer(fieldsOf({ trade_type: tradeType, ...fields }))).toEqual({
    ok: false,
    reason: 'field-missing',
    message: `${name} is missing from the message`,
  });
});
