import { describe, expect, test } from 'vitest';
import { fen } from '../../values/fen.ts';
import { parseMchid, parseOutTradeNo } from '../../values/numbers.ts';
import { bytes, valueOf } from '../vectors.suite.ts';
import { v3CombineClose } from './combine-close.ts';
import { v3CombineApp, v3CombineH5, v3CombineJsapi, v3CombineNative } from './combine-place.ts';
import { v3CombineQuery } from './combine-query.ts';
import { bodyOf, MERCHANT, OPENID, PROVIDER } from './senders.suite.ts';

const subOrder = (number: string, mchid: string) => ({
  mchid: valueOf(parseMchid(mchid)),
  outTradeNo: valueOf(parseOutTradeNo(number)),
  description: '腾讯充值中心-QQ会员充值',
  totalFen: fen(10),
  attach: '深圳分店',
});

const CONTENT = {
  combineOutTradeNo: valueOf(parseOutTradeNo('P20150806125346')),
  subOrders: [
    subOrder('20150806125346', '1900000109'),
    { ...subOrder('20150806125347', '1900000110'), profitSharing: true },
  ],
  notifyUrl: 'https://yourapp.com/notify',
};

describe('placing combined orders', () => {
  test('every sub-order has its own merchant, number and amount under the names of combined orders', () => {
    const printed = v3CombineJsapi.printRequest(
      { ...CONTENT, openid: OPENID, expireAtMs: Date.UTC(2026, 0, 1) },
      MERCHANT,
    );
    const amount = { total_amount: 10, currency: 'CNY' };
    const same = { attach: '深圳分店', description: '腾讯充值中心-QQ会员充值', amount };
    expect(valueOf(printed).path).toBe('/v3/combine-transactions/jsapi');
    expect(bodyOf(printed)).toEqual({
      combine_appid: MERCHANT.appid,
      combine_mchid: MERCHANT.mchid,
      combine_out_trade_no: 'P20150806125346',
      sub_orders: [
        { mchid: '1900000109', out_trade_no: '20150806125346', ...same },
        { mchid: '1900000110', out_trade_no: '20150806125347', ...same, settle_info: { profit_sharing: true } },
      ],
      time_expire: '2026-01-01T08:00:00+08:00',
      notify_url: 'https://yourapp.com/notify',
      combine_payer_info: { openid: OPENID },
    });
  });

  test('each product has its path, and H5 its scene', () => {
    const scene = { payerClientIp: '::1', h5: { type: 'Wap' } } as const;
    expect(valueOf(v3CombineApp.printRequest(CONTENT, MERCHANT)).path).toBe('/v3/combine-transactions/app');
    expect(valueOf(v3CombineNative.printRequest(CONTENT, MERCHANT)).path).toBe('/v3/combine-transactions/native');
    const h5 = v3CombineH5.printRequest({ ...CONTENT, scene }, MERCHANT);
    expect(valueOf(h5).path).toBe('/v3/combine-transactions/h5');
    expect(bodyOf(h5)).toMatchObject({ scene_info: { payer_client_ip: '::1', h5_info: { type: 'Wap' } } });
  });

  test('a sub-order that is not as it must be is named by its place', () => {
    const [first = subOrder('x', '1')] = CONTENT.subOrders;
    const printed = v3CombineApp.printRequest({ ...CONTENT, subOrders: [first, { ...first, attach: '' }] }, MERCHANT);
    expect(printed).toMatchObject({ message: 'sub_orders[1].attach is required' });
  });

  test.each([1, 11])('%i sub-orders are no combined order', (count) => {
    const subOrders = Array.from({ length: count }, () => subOrder('20150806125346', '1900000109'));
    expect(v3CombineApp.printRequest({ ...CONTENT, subOrders }, MERCHANT)).toMatchObject({
      message: `sub_orders: has ${count} entries, allowed are 2 to 10`,
    });
  });

  test('service providers are told that combined orders are not documented for them', () => {
    expect(v3CombineApp.printRequest(CONTENT, PROVIDER)).toMatchObject({
      message: expect.stringContaining('not documented'),
    });
  });
});

describe('combined orders afterwards', () => {
  const NUMBER = { combineOutTradeNo: CONTENT.combineOutTradeNo };

  test('a query has nothing but the number, and closing names the sub-orders', () => {
    expect(valueOf(v3CombineQuery.printRequest(NUMBER, MERCHANT))).toEqual({
      method: 'GET',
      path: '/v3/combine-transactions/out-trade-no/P20150806125346',
      body: '',
    });
    expect(valueOf(v3CombineClose.printRequest(CONTENT, MERCHANT))).toEqual({
      method: 'POST',
      path: '/v3/combine-transactions/out-trade-no/P20150806125346/close',
      body: `{"combine_appid":"${MERCHANT.appid}","sub_orders":[{"mchid":"1900000109","out_trade_no":"20150806125346"},{"mchid":"1900000110","out_trade_no":"20150806125347"}]}`,
    });
    expect(v3CombineClose.readAnswer({ status: 204, body: bytes('') })).toEqual({ ok: true, value: {} });
  });

  const PAID = {
    mchid: '1900000109',
    trade_type: 'JSAPI',
    trade_state: 'SUCCESS',
    bank_type: 'CMC',
    attach: '深圳分店',
    success_time: '2026-01-01T08:00:00.120+08:00',
    amount: { total_amount: 10, payer_amount: 9, currency: 'CNY', payer_currency: 'CNY' },
    transaction_id: '1009660380201506130728806387',
    out_trade_no: '20150806125346',
  };
  const ORDER = {
    combine_appid: MERCHANT.appid,
    combine_mchid: MERCHANT.mchid,
    combine_out_trade_no: 'P20150806125346',
    combine_payer_info: { openid: OPENID },
    sub_orders: [
      PAID,
      { mchid: '1900000110', trade_state: 'NOTPAY', amount: { total_amount: 10 }, out_trade_no: '20150806125347' },
    ],
  };
  const read = (order: object) => v3CombineQuery.readAnswer({ status: 200, body: bytes(JSON.stringify(order)) });

  test('every sub-order has its own state', () => {
    expect(valueOf(read(ORDER))).toEqual({
      appid: MERCHANT.appid,
      mchid: MERCHANT.mchid,
      combineOutTradeNo: 'P20150806125346',
      openid: OPENID,
      subOrders: [
        {
          mchid: '1900000109',
          outTradeNo: '20150806125346',
          tradeState: 'SUCCESS',
          totalFen: 10,
          transactionId: '1009660380201506130728806387',
          tradeType: 'JSAPI',
          cashFen: 9,
          feeType: 'CNY',
          cashFeeType: 'CNY',
          bankType: 'CMC',
          attach: '深圳分店',
          paidAtMs: Date.UTC(2026, 0, 1) + 120,
        },
        { mchid: '1900000110', outTradeNo: '20150806125347', tradeState: 'NOTPAY', totalFen: 10 },
      ],
    });
  });

  test('one sub-order that cannot be read makes the whole no knowledge, and is named', () => {
    const broken = (change: object) => read({ ...ORDER, sub_orders: [{ ...PAID, ...change }] });
    expect(broken({ trade_state: 'PAID' })).toMatchObject({
      message: expect.stringContaining('sub_orders[0].trade_state: '),
    });
    expect(broken({ transaction_id: '' })).toMatchObject({
      message: 'sub_orders[0].transaction_id is missing from the message',
    });
    expect(broken({ amount: {} })).toMatchObject({
      message: 'sub_orders[0].amount.total_amount is missing from the message',
    });
    expect(read({ ...ORDER, sub_orders: 1 })).toMatchObject({ reason: 'field-invalid' });
  });
});
