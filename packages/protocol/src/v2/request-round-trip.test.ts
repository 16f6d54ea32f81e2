import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printBeijingTime } from '../values/beijing-time.ts';
import { parseFen } from '../values/fen.ts';
import { parseMchid, parseOpenid, parseOutRefundNo, parseOutTradeNo, parseTransactionId } from '../values/numbers.ts';
import type { Fields } from './fields.ts';
import { bytes, DEMO_KEY, fieldsOf, valueOf } from './messages.suite.ts';
import { micropay } from './operations/micropay.ts';
import { orderquery } from './operations/orderquery.ts';
import { refund } from './operations/refund.ts';
import { unifiedorder } from './operations/unifiedorder.ts';
import { printRequest } from './request.ts';
import { verifyFields } from './sign/verify.ts';
import { readXml } from './xml/read-xml.ts';

const MCHID = valueOf(parseMchid('10000100'));

const fenFrom = (min: number) =>
  fc.integer({ min, max: 1_000_000_000 }).map((amount) => valueOf(parseFen(String(amount))));
const outTradeNo = fc.stringMatching(/^[0-9A-Za-z_\-|*@]{1,32}$/).map((text) => valueOf(parseOutTradeNo(text)));
const outRefundNo = fc.stringMatching(/^[0-9A-Za-z_\-|*@]{1,64}$/).map((text) => valueOf(parseOutRefundNo(text)));
const transactionId = fc.stringMatching(/^[0-9]{28}$/).map((text) => valueOf(parseTransactionId(text)));
/** Text of the basic plane, markup and Chinese included, within its limit in bytes. */
const words = fc
  .array(fc.constantFrom(...'商家-超市 <&>"\'=%+]]>a1'.split('')), { minLength: 1, maxLength: 40 })
  .map((characters) => characters.join(''));
const atMs = fc.integer({ min: 946_684_800, max: 4_102_444_799 }).map((seconds) => seconds * 1000);

const content = fc.record(
  {
    outTradeNo,
    body: words,
    totalFen: fenFrom(1),
    spbillCreateIp: fc.ipV4(),
    attach: words,
    expireAtMs: atMs,
  },
  { requiredKeys: ['outTradeNo', 'body', 'totalFen', 'spbillCreateIp'] },
);

/** Sends and receives: printed, sealed, read again, verified; what the seal added is taken away. */
function received(fields: Fields): Fields {
  const seal = { sender: { mchid: MCHID }, nonce: 'n', key: DEMO_KEY, signType: 'HMAC-SHA256' } as const;
  const all = new Map(valueOf(readXml(bytes(valueOf(printRequest(fields, seal))))));
  expect(verifyFields(all, DEMO_KEY, 'HMAC-SHA256')).toMatchObject({ ok: true });
  for (const name of ['mch_id', 'nonce_str', 'sign_type', 'sign']) all.delete(name);
  return all;
}

interface Content {
  readonly outTradeNo: string;
  readonly body: string;
  readonly totalFen: number;
  readonly spbillCreateIp: string;
  readonly attach?: string;
  readonly expireAtMs?: number;
}

const expected = ({ outTradeNo: number, body, totalFen, spbillCreateIp, attach, expireAtMs }: Content) => ({
  out_trade_no: number,
  body,
  total_fee: String(totalFen),
  spbill_create_ip: spbillCreateIp,
  ...(attach === undefined ? {} : { attach }),
  ...(expireAtMs === undefined ? {} : { time_expire: printBeijingTime(expireAtMs) }),
});

test('every order arrives field by field as it was meant', () => {
  const openid = valueOf(parseOpenid('oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'));
  const notifyUrl = 'https://shop.example.com/wx/notify';
  fc.assert(
    fc.property(content, (order) => {
      const printed = valueOf(unifiedorder.printRequest({ ...order, tradeType: 'JSAPI', openid, notifyUrl }));
      expect(received(printed)).toEqual(
        fieldsOf({ ...expected(order), trade_type: 'JSAPI', openid, notify_url: notifyUrl }),
      );
    }),
  );
});

test('every micropay arrives field by field as it was meant', () => {
  fc.assert(
    fc.property(content, fc.stringMatching(/^1[0-5][0-9]{16}$/), (order, authCode) => {
      const printed = valueOf(micropay.printRequest({ ...order, authCode }));
      expect(received(printed)).toEqual(fieldsOf({ ...expected(order), auth_code: authCode }));
    }),
  );
});

test('every goods detail arrives as the JSON that it was', () => {
  const goods = fc.record({
    goodsId: fc.stringMatching(/^[0-9]{1,32}$/),
    quantity: fc.integer({ min: 1, max: 99 }),
    priceFen: fenFrom(0),
  });
  fc.assert(
    fc.property(content, fc.array(goods, { maxLength: 20 }), (order, list) => {
      const printed = valueOf(micropay.printRequest({ ...order, authCode: '1', detail: { goods: list } }));
      expect(JSON.parse(received(printed).get('detail') ?? '')).toEqual({
        goods_detail: list.map(({ goodsId, quantity, priceFen }) => ({ goods_id: goodsId, quantity, price: priceFen })),
      });
    }),
  );
});

test('every refund arrives with its own numbers and amounts, and none of more than was paid is sent', () => {
  fc.assert(
    fc.property(transactionId, outRefundNo, fenFrom(1), fenFrom(1), (id, number, totalFen, refundFen) => {
      const printed = refund.printRequest({ transactionId: id, outRefundNo: number, totalFen, refundFen });
      expect(printed.ok).toBe(refundFen <= totalFen);
      const arrived = printed.ok ? received(printed.value) : undefined;
      expect([undefined, String(refundFen)]).toContain(arrived?.get('refund_fee'));
      expect([undefined, number]).toContain(arrived?.get('out_refund_no'));
    }),
  );
});

test('every query arrives with exactly the one number that was given', () => {
  fc.assert(
    fc.property(outTradeNo, transactionId, (number, id) => {
      expect(received(valueOf(orderquery.printRequest({ outTradeNo: number })))).toEqual(
        fieldsOf({ out_trade_no: number }),
      );
      expect(received(valueOf(orderquery.printRequest({ transactionId: id })))).toEqual(
        fieldsOf({ transaction_id: id }),
      );
    }),
  );
});
