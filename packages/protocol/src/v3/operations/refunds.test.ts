import { describe, expect, test } from 'vitest';
import { fen } from '../../values/fen.ts';
import { parseOutRefundNo, parseRefundId, parseTransactionId } from '../../values/numbers.ts';
import { decryptField } from '../cipher/oaep.ts';
import {
  bytes,
  CERTIFICATE,
  PLATFORM_SERIAL,
  privateKey,
  PUBLIC_KEY,
  PUBLIC_KEY_ID,
  valueOf,
  vectorBytes,
  vectorText,
} from '../vectors.suite.ts';
import { v3AbnormalRefund } from './abnormal-refund.ts';
import { v3RefundQuery } from './refund-query.ts';
import { v3Refund } from './refund.ts';
import { bodyOf, MERCHANT, OUT_TRADE_NO, PROVIDER } from './senders.suite.ts';

const REFUND = {
  outTradeNo: OUT_TRADE_NO,
  outRefundNo: valueOf(parseOutRefundNo('REFUND20260101001')),
  totalFen: fen(100),
  refundFen: fen(30),
} as const;

describe('asking for a refund', () => {
  test('a merchant names the order, the refund and both amounts, but not itself', () => {
    const printed = v3Refund.printRequest(REFUND, MERCHANT);
    expect(valueOf(printed)).toMatchObject({ method: 'POST', path: '/v3/refund/domestic/refunds' });
    expect(bodyOf(printed)).toEqual({
      out_trade_no: 'ORDER20260101001',
      out_refund_no: 'REFUND20260101001',
      amount: { refund: 30, total: 100, currency: 'CNY' },
    });
  });

  test('everything that a refund can say arrives under the documented names', () => {
    const transactionId = valueOf(parseTransactionId('4200002601202601010000000001'));
    const { outTradeNo: _, ...content } = REFUND;
    const printed = v3Refund.printRequest(
      {
        ...content,
        transactionId,
        refundDesc: '商品已售完',
        refundAccount: 'AVAILABLE',
        notifyUrl: 'https://shop.example.com/refund',
        sources: [
          { account: 'AVAILABLE', amountFen: fen(10) },
          { account: 'UNAVAILABLE', amountFen: fen(20) },
        ],
        goods: [{ goodsId: '1217752501', priceFen: fen(30), refundFen: fen(30), refundQuantity: 1 }],
      },
      PROVIDER,
    );
    expect(bodyOf(printed)).toEqual({
      sub_mchid: '1900000109',
      transaction_id: transactionId,
      out_refund_no: 'REFUND20260101001',
      reason: '商品已售完',
      notify_url: 'https://shop.example.com/refund',
      funds_account: 'AVAILABLE',
      amount: {
        refund: 30,
        from: [
          { account: 'AVAILABLE', amount: 10 },
          { account: 'UNAVAILABLE', amount: 20 },
        ],
        total: 100,
        currency: 'CNY',
      },
      goods_detail: [{ merchant_goods_id: '1217752501', unit_price: 30, refund_amount: 30, refund_quantity: 1 }],
    });
  });

  test.each([
    ['more than was paid', { refundFen: fen(101) }, 'amount.refund: 101 fen is more'],
    ['nothing', { refundFen: fen(0) }, 'amount.refund: must be above 0'],
    [
      'parts that do not make up the whole',
      { sources: [{ account: 'AVAILABLE', amountFen: fen(1) }] },
      'amount.from: makes up 1 fen',
    ],
    [
      'an account twice',
      {
        sources: [
          { account: 'AVAILABLE', amountFen: fen(15) },
          { account: 'AVAILABLE', amountFen: fen(15) },
        ],
      },
      'amount.from: names an account twice',
    ],
    ['a reason of 81 bytes', { refundDesc: '中'.repeat(27) }, 'reason: has 81 UTF-8 bytes, allowed are 80'],
  ] as const)('a refund of %s is refused by the name of the member', (_, change, sentence) => {
    const request = { ...REFUND, ...change };
    expect(v3Refund.printRequest(request, MERCHANT)).toMatchObject({
      ok: false,
      message: expect.stringContaining(sentence),
    });
  });

  test('exactly one number says which order is meant', () => {
    const { outTradeNo: _, ...none } = REFUND;
    const both = { ...REFUND, transactionId: valueOf(parseTransactionId('42')) };
    const untyped: (typeof REFUND)[] = JSON.parse(JSON.stringify([none, both]));
    const sentence = { message: 'exactly one of transaction_id and out_trade_no is required' };
    for (const request of untyped) expect(v3Refund.printRequest(request, MERCHANT)).toMatchObject(sentence);
  });
});

describe('what became of a refund', () => {
  const TEXT = vectorText('v3-messages/refund-processing.json');
  const read = (text: string) => v3RefundQuery.readAnswer({ status: 200, body: bytes(text) });

  test('the answer is read from the shape that the gateway was seen to give', () => {
    expect(v3Refund.readAnswer({ status: 200, body: vectorBytes('v3-messages/refund-processing.json') })).toEqual({
      ok: true,
      value: {
        refundId: '50300002602026010100000000001',
        outRefundNo: 'REFUND20260101001',
        transactionId: '4200002601202601010000000001',
        outTradeNo: 'ORDER20260101001',
        refundStatus: 'PROCESSING',
        totalFen: 100,
        refundFen: 30,
        cashFen: 100,
        cashRefundFen: 30,
        settlementTotalFen: 100,
        settlementRefundFen: 30,
        couponRefundFen: 0,
        feeType: 'CNY',
        returnedFeeFen: 0,
        refundChannel: 'ORIGINAL',
        refundAccount: 'AVAILABLE',
        refundRecvAccount: '支付用户零钱',
        createdAtMs: Date.UTC(2026, 0, 1, 0, 4, 58),
        coupons: [],
      },
    });
  });

  test.each([
    ['CLOSED', 'REFUNDCLOSE'],
    ['ABNORMAL', 'CHANGE'],
    ['SUCCESS', 'SUCCESS'],
  ])('the status %s is told as %s', (wire, word) => {
    expect(read(TEXT.replace('PROCESSING', wire))).toMatchObject({ value: { refundStatus: word } });
  });

  test.each(['refund_id', 'out_refund_no', 'transaction_id', 'out_trade_no', 'status', 'amount'])(
    'an answer without a readable %s does not say which refund it is',
    (name) => {
      expect(read(TEXT.replace(`"${name}":`, '"x":'))).toMatchObject({ ok: false, reason: 'field-missing' });
      expect(read(TEXT.replace(new RegExp(`"${name}":("[^"]*"|{[^}]*})`), `"${name}":7`))).toMatchObject({ ok: false });
    },
  );

  test('coupons that went back are listed', () => {
    const list = '[{"promotion_id":"109519","scope":"GLOBAL","type":"CASH","amount":5,"refund_amount":3}]';
    expect(read(TEXT.replace('"promotion_detail":[]', `"promotion_detail":${list}`))).toMatchObject({
      value: { coupons: [{ couponId: '109519', scope: 'GLOBAL', type: 'CASH', couponFen: 5, refundFen: 3 }] },
    });
  });

  test('the query has the number in its path, and for service providers the sub-merchant', () => {
    const request = { outRefundNo: valueOf(parseOutRefundNo('R|1@2')) };
    expect(valueOf(v3RefundQuery.printRequest(request, MERCHANT)).path).toBe('/v3/refund/domestic/refunds/R%7C1%402');
    expect(valueOf(v3RefundQuery.printRequest(request, PROVIDER)).path).toBe(
      '/v3/refund/domestic/refunds/R%7C1%402?sub_mchid=1900000109',
    );
  });
});

describe('a refund that could not be given back', () => {
  const NUMBERS = {
    refundId: valueOf(parseRefundId('50300002602026010100000000001')),
    outRefundNo: REFUND.outRefundNo,
  };
  const CARD = {
    ...NUMBERS,
    type: 'USER_BANK_CARD',
    bankType: 'ICBC_DEBIT',
    bankAccount: '6222020200000000000',
    realName: '张三',
  } as const;

  test('it can go to the merchant without a word about the payer', () => {
    const printed = v3AbnormalRefund.printRequest({ ...NUMBERS, type: 'MERCHANT_BANK_CARD' }, MERCHANT);
    expect(valueOf(printed)).toEqual({
      method: 'POST',
      path: '/v3/refund/domestic/refunds/50300002602026010100000000001/apply-abnormal-refund',
      body: '{"out_refund_no":"REFUND20260101001","type":"MERCHANT_BANK_CARD"}',
    });
  });

  test.each([
    [PUBLIC_KEY_ID, PUBLIC_KEY, 'wechatpay-private-key'],
    [PLATFORM_SERIAL, CERTIFICATE, 'platform-private-key'],
  ] as const)('card and name leave encrypted for %s, which the request names', (serial, encryptWith, file) => {
    const printed = valueOf(v3AbnormalRefund.printRequest({ ...CARD, encryptWith }, PROVIDER));
    expect(printed.encryptedFor).toBe(serial);
    expect(printed.body).not.toContain(CARD.bankAccount);
    expect(printed.body).not.toContain(CARD.realName);
    const body: Readonly<Record<string, string>> = JSON.parse(printed.body);
    expect(body).toMatchObject({ sub_mchid: '1900000109', type: 'USER_BANK_CARD', bank_type: 'ICBC_DEBIT' });
    expect(decryptField(body.bank_account ?? '', privateKey(file))).toEqual({ ok: true, value: CARD.bankAccount });
    expect(decryptField(body.real_name ?? '', privateKey(file))).toEqual({ ok: true, value: CARD.realName });
  });

  test('a field that cannot be encrypted is refused by its name, without its value', () => {
    const long = { ...CARD, realName: '张'.repeat(72), encryptWith: PUBLIC_KEY };
    const refused = v3AbnormalRefund.printRequest(long, MERCHANT);
    expect(refused).toMatchObject({ message: expect.stringContaining('real_name: has 216 UTF-8 bytes') });
    expect(JSON.stringify(refused)).not.toContain('张');
    expect(v3AbnormalRefund.printRequest({ ...CARD, realName: '', encryptWith: PUBLIC_KEY }, MERCHANT)).toMatchObject({
      message: 'real_name is required',
    });
  });
});
