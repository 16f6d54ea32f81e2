import { createSecret, fen, parseBeijingDay, parseMchid, parseOpenid, parseRefundId } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import { valueOf } from '../testing/test-world.ts';
import { PROVIDER, PUBLIC_KEY_MERCHANT } from '../testing/v3-keys.ts';
import {
  createV3World,
  isSignedRequest,
  membersOf,
  OTHER_MCHID,
  OUT_REFUND_NO,
  OUT_TRADE_NO,
  PAID,
  pathOf,
  REFUNDED,
  signed,
  TRANSACTION_ID,
  unpaidMembers,
  unsigned,
} from '../testing/v3-world.ts';
import type { Outcome } from '../outcome.ts';
import type { V3CallOptions } from './send.ts';
import type { V3Client } from './create-v3-client.ts';

const ORDER = {
  outTradeNo: OUT_TRADE_NO,
  description: 'tea',
  totalFen: fen(100),
  notifyUrl: 'https://shop.example.com/wxpay/notify',
};
const OPENID = valueOf(parseOpenid('oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'));
const REFUND_ID = valueOf(parseRefundId('50000000382019052709732678859'));
const REFUND = { outTradeNo: OUT_TRADE_NO, outRefundNo: OUT_REFUND_NO, totalFen: fen(100), refundFen: fen(40) };
const DAY = valueOf(parseBeijingDay('20261123'));
const SUB_ORDERS = ['ORDER1', 'ORDER2'].map((number) => ({
  mchid: valueOf(parseMchid('1900000001')),
  outTradeNo: OUT_TRADE_NO,
  description: number,
  totalFen: fen(50),
  attach: number,
}));
const COMBINE = { combineOutTradeNo: OUT_TRADE_NO, subOrders: SUB_ORDERS, notifyUrl: ORDER.notifyUrl };
const COMBINED = {
  combine_appid: PAID.appid,
  combine_mchid: PAID.mchid,
  combine_out_trade_no: OUT_TRADE_NO,
  sub_orders: [
    { mchid: PAID.mchid, out_trade_no: 'ORDER1', trade_state: 'NOTPAY', amount: { total_amount: 50, currency: 'CNY' } },
  ],
};
const H5_SCENE = { payerClientIp: '203.0.113.7', h5: { type: 'Wap' } } as const;
const PREPAID = { prepay_id: 'wx201410272009395522657a690389285100' };

type Call = (client: V3Client, options?: V3CallOptions) => Promise<Outcome<unknown>>;

const CALLS: readonly [string, Call, object | undefined, string][] = [
  ['jsapi', (c, o) => c.jsapi({ ...ORDER, openid: OPENID }, o), PREPAID, 'POST /v3/pay/transactions/jsapi'],
  ['app', (c, o) => c.app(ORDER, o), PREPAID, 'POST /v3/pay/transactions/app'],
  ['native', (c, o) => c.native(ORDER, o), { code_url: 'weixin://x' }, 'POST /v3/pay/transactions/native'],
  ['h5', (c, o) => c.h5({ ...ORDER, scene: H5_SCENE }, o), { h5_url: 'https://x' }, 'POST /v3/pay/transactions/h5'],
  [
    'queryById',
    (c, o) => c.queryById({ transactionId: TRANSACTION_ID }, o),
    PAID,
    `GET /v3/pay/transactions/id/${TRANSACTION_ID}?mchid=1900000001`,
  ],
  [
    'queryByOutTradeNo',
    (c, o) => c.queryByOutTradeNo({ outTradeNo: OUT_TRADE_NO }, o),
    unpaidMembers('NOTPAY'),
    `GET /v3/pay/transactions/out-trade-no/${OUT_TRADE_NO}?mchid=1900000001`,
  ],
  [
    'close',
    (c, o) => c.close({ outTradeNo: OUT_TRADE_NO }, o),
    undefined,
    `POST /v3/pay/transactions/out-trade-no/${OUT_TRADE_NO}/close`,
  ],
  ['refund', (c, o) => c.refund(REFUND, o), REFUNDED, 'POST /v3/refund/domestic/refunds'],
  [
    'refundQuery',
    (c, o) => c.refundQuery({ outRefundNo: OUT_REFUND_NO }, o),
    REFUNDED,
    `GET /v3/refund/domestic/refunds/${OUT_REFUND_NO}`,
  ],
  [
    'abnormalRefund',
    (c, o) => c.abnormalRefund({ refundId: REFUND_ID, outRefundNo: OUT_REFUND_NO, type: 'MERCHANT_BANK_CARD' }, o),
    REFUNDED,
    `POST /v3/refund/domestic/refunds/${REFUND_ID}/apply-abnormal-refund`,
  ],
  [
    'reverse',
    (c, o) => c.reverse({ outTradeNo: OUT_TRADE_NO }, o),
    { mchid: PAID.mchid, out_trade_no: OUT_TRADE_NO },
    `POST /v3/pay/transactions/out-trade-no/${OUT_TRADE_NO}/reverse`,
  ],
  [
    'codepay',
    (c, o) =>
      c.codepay({ outTradeNo: OUT_TRADE_NO, description: 'tea', totalFen: fen(100), authCode: '1', scene: {} }, o),
    PAID,
    'POST /v3/pay/transactions/codepay',
  ],
  [
    'combineJsapi',
    (c, o) => c.combineJsapi({ ...COMBINE, openid: OPENID }, o),
    PREPAID,
    'POST /v3/combine-transactions/jsapi',
  ],
  ['combineApp', (c, o) => c.combineApp(COMBINE, o), PREPAID, 'POST /v3/combine-transactions/app'],
  [
    'combineNative',
    (c, o) => c.combineNative(COMBINE, o),
    { code_url: 'weixin://x' },
    'POST /v3/combine-transactions/native',
  ],
  [
    'combineH5',
    (c, o) => c.combineH5({ ...COMBINE, scene: H5_SCENE }, o),
    { h5_url: 'https://x' },
    'POST /v3/combine-transactions/h5',
  ],
  [
    'combineQuery',
    (c, o) => c.combineQuery({ combineOutTradeNo: OUT_TRADE_NO }, o),
    COMBINED,
    `GET /v3/combine-transactions/out-trade-no/${OUT_TRADE_NO}`,
  ],
  [
    'combineClose',
    (c, o) => c.combineClose({ combineOutTradeNo: OUT_TRADE_NO, subOrders: SUB_ORDERS }, o),
    undefined,
    `POST /v3/combine-transactions/out-trade-no/${OUT_TRADE_NO}/close`,
  ],
];

const reaction = (answer: object | undefined) => signed(answer, { status: answer === undefined ? 204 : 200 });

describe('every operation', () => {
  test.each(CALLS)('%s goes to its path, signed, and is done', async (_, call, answer, line) => {
    const { client, requests } = createV3World([reaction(answer)]);
    expect(await call(client)).toMatchObject({ outcome: 'done' });
    expect(requests.map((request) => `${request.method} ${pathOf(request)}`)).toEqual([line]);
    expect(requests.map(isSignedRequest)).toEqual([true]);
  });

  test('of combined orders speaks of the order that was meant', async () => {
    const { client } = createV3World([
      signed({ ...COMBINED, combine_out_trade_no: 'OTHER1' }),
      signed({ ...COMBINED, combine_mchid: OTHER_MCHID }),
    ]);
    const number = { combineOutTradeNo: OUT_TRADE_NO };
    expect(await client.combineQuery(number)).toMatchObject({ outcome: 'unknown', reason: 'other-number' });
    expect(await client.combineQuery(number)).toMatchObject({ outcome: 'unknown', reason: 'other-merchant' });
  });
});

describe('a service provider', () => {
  test('calls the partner paths on behalf of its sub-merchant', async () => {
    const world = createV3World([signed({ code_url: 'weixin://x' }), signed(undefined, { status: 204 })], {
      merchant: PROVIDER,
    });
    await world.client.native(ORDER);
    await world.client.close({ outTradeNo: OUT_TRADE_NO });
    expect(world.requests.map(pathOf)).toEqual([
      '/v3/pay/partner/transactions/native',
      `/v3/pay/partner/transactions/out-trade-no/${OUT_TRADE_NO}/close`,
    ]);
    expect(world.requests.map(membersOf)).toMatchObject([
      { sp_appid: PROVIDER.appid, sp_mchid: PROVIDER.mchid, sub_mchid: '1900000555' },
      { sp_mchid: PROVIDER.mchid, sub_mchid: '1900000555' },
    ]);
  });

  test('names another sub-merchant for one call, which stands in for both members of its own', async () => {
    const subMerchant = { subMchid: valueOf(parseMchid('1900000666')) };
    const world = createV3World([signed({ code_url: 'weixin://x' })], {
      merchant: { ...PROVIDER, subAppid: PROVIDER.appid },
    });
    await world.client.native(ORDER, { subMerchant });
    await world.client.native(ORDER);
    const [forOther, forOwn] = world.requests.map(membersOf);
    expect(forOther).toMatchObject({ sub_mchid: '1900000666' });
    expect(forOther).not.toHaveProperty('sub_appid');
    expect(forOwn).toMatchObject({ sub_mchid: '1900000555', sub_appid: PROVIDER.appid });
  });

  test('places no combined orders', async () => {
    const world = createV3World([], { merchant: PROVIDER });
    const outcome = await world.client.combineNative(COMBINE);
    expect(outcome).toMatchObject({ outcome: 'rejected', code: 'FIELD_INVALID', attempts: [] });
  });

  test('learns where the encrypted bills of a sub-merchant lie', async () => {
    const bill = {
      bill_sequence: 1,
      hash_type: 'SHA1',
      hash_value: 'a'.repeat(40),
      download_url: 'https://api.mch.weixin.qq.com/v3/billdownload/file?token=x',
      encrypt_key: 'AAAA',
      nonce: '0123456789ab',
    };
    const world = createV3World([signed({ download_bill_count: 1, download_bill_list: [bill] })], {
      merchant: PROVIDER,
    });
    const outcome = await world.client.subMerchantFundflowbill({ billDate: DAY, accountType: 'BASIC' });
    expect(outcome).toMatchObject({ outcome: 'done', answer: { bills: [{ sequence: 1 }] } });
  });
});

describe('oauth', () => {
  test('is that of the classic API: the appid and the AppSecret of the merchant, no signature', async () => {
    const token = { access_token: 'A', expires_in: 7200, refresh_token: 'R', openid: OPENID, scope: 'snsapi_base' };
    const merchant = { ...PUBLIC_KEY_MERCHANT, appSecret: createSecret('0f1e2d3c4b5a69788796a5b4c3d2e1f0') };
    const world = createV3World([unsigned(200, JSON.stringify(token))], { merchant });
    expect(await world.client.oauth.accessToken({ code: 'CODE' })).toMatchObject({
      outcome: 'done',
      answer: { openid: OPENID },
    });
    const [request] = world.requests;
    expect(request?.url).toMatch(/^https:\/\/api\.weixin\.qq\.com\/sns\/oauth2\/access_token\?/);
    expect(request?.headers).not.toHaveProperty('authorization');
  });
});
