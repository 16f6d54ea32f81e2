import { describe, expect, test } from 'vitest';
import { fen } from '../../values/fen.ts';
import { parseAppid, parseMchid, parseOutRefundNo, parseOutTradeNo } from '../../values/numbers.ts';
import { parseApiV3Key } from '../../values/secret.ts';
import { createKeyRing } from '../keys/key-ring.ts';
import type { JsonValue } from '../json/json-value.ts';
import { openSealedText } from '../cipher/aead.ts';
import { answerMessage } from '../sign/message.ts';
import { signMessage } from '../sign/rsa.ts';
import { printWechatpayHeaders } from '../sign/wechatpay-headers.ts';
import {
  API_V3_KEY,
  bytes,
  CERTIFICATE,
  headersOf,
  KEYS,
  PLATFORM_PRIVATE_KEYS,
  PLATFORM_SERIAL,
  privateKey,
  PUBLIC_KEY_ID,
  SIGNED_AT_MS,
  valueOf,
  vectorBytes,
  vectorRow,
  vectorText,
} from '../vectors.suite.ts';
import { printV3NoticeReply } from './v3-notice-reply.ts';
import { readV3Notice } from './v3-notice.ts';
import { printV3Notice, printV3TestPayNotice, printV3TestRefundNotice } from './v3-test-notices.ts';

const RULES = { keys: KEYS, nowMs: SIGNED_AT_MS, apiV3Key: API_V3_KEY };
const PAY = {
  ...RULES,
  headers: headersOf(vectorRow('v3-notices/headers.json', 'pay')),
  body: vectorBytes('v3-notices/pay.json'),
};
const REFUND = {
  ...RULES,
  headers: headersOf(vectorRow('v3-notices/headers.json', 'refund')),
  body: vectorBytes('v3-notices/refund.json'),
};

describe('vectors of others', () => {
  test('vector C1 is a payment, signed with the public key', () => {
    expect(valueOf(readV3Notice(PAY))).toEqual({
      kind: 'payment',
      envelope: {
        id: '8dc45bdd-2033-595b-9c93-a23635cc7ede',
        eventType: 'TRANSACTION.SUCCESS',
        createdAtMs: SIGNED_AT_MS,
        summary: '支付成功',
        serial: PUBLIC_KEY_ID,
      },
      order: {
        tradeState: 'SUCCESS',
        tradeStateDesc: '支付成功',
        appid: 'wxd678efh567hg6787',
        mchid: '1900000001',
        outTradeNo: 'ORDER20260101001',
        transactionId: '4200002601202601010000000001',
        tradeType: 'NATIVE',
        totalFen: 100,
        cashFen: 100,
        feeType: 'CNY',
        cashFeeType: 'CNY',
        bankType: 'OTHERS',
        openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
        paidAtMs: SIGNED_AT_MS,
        coupons: [],
      },
    });
  });

  test('vector C2 is a refund, signed with the platform certificate', () => {
    expect(valueOf(readV3Notice(REFUND))).toMatchObject({
      kind: 'refund',
      envelope: { eventType: 'REFUND.SUCCESS', serial: PLATFORM_SERIAL },
      refund: {
        mchid: '1900000001',
        outTradeNo: 'ORDER20260101001',
        transactionId: '4200002601202601010000000001',
        outRefundNo: 'REFUND20260101001',
        refundId: '50300002602026010100000000001',
        refundStatus: 'SUCCESS',
        totalFen: 100,
        refundFen: 30,
        cashFen: 100,
        cashRefundFen: 30,
        refundRecvAccount: '支付用户零钱',
        refundSuccessAtMs: SIGNED_AT_MS + 300_000,
      },
    });
  });

  test.each(['pay', 'refund'])('what the %s notice sealed opens to the published plain text', (name) => {
    const { resource }: { readonly resource: { ciphertext: string; nonce: string; associated_data: string } } =
      JSON.parse(vectorText(`v3-notices/${name}.json`));
    const sealed = { ciphertext: resource.ciphertext, nonce: resource.nonce, associatedData: resource.associated_data };
    expect(valueOf(openSealedText(sealed, API_V3_KEY))).toBe(vectorText(`v3-notices/${name}.plain.json`));
  });
});

describe('a notice that is not believed', () => {
  const withHeader = (name: string, value: string) =>
    readV3Notice({ ...PAY, headers: { ...PAY.headers, [name]: value } });

  test('a body with one word changed is refused, even outside of what was sealed', () => {
    const body = bytes(vectorText('v3-notices/pay.json').replace('支付成功', '支付失败'));
    expect(readV3Notice({ ...PAY, body })).toMatchObject({ ok: false, reason: 'signature-mismatch' });
  });

  test('a probe is refused under its own name', () => {
    expect(
      withHeader('wechatpay-signature', `WECHATPAY/SIGNTEST/${PAY.headers['wechatpay-signature'] ?? ''}`),
    ).toMatchObject({
      ok: false,
      reason: 'probe',
    });
  });

  test('a notice that was signed five minutes ago is refused', () => {
    expect(readV3Notice({ ...PAY, nowMs: SIGNED_AT_MS + 300_000 })).toMatchObject({ reason: 'clock-skew' });
  });

  test('a notice without signature is refused', () => {
    expect(withHeader('wechatpay-signature', '')).toMatchObject({ reason: 'header-missing' });
  });

  test('a notice of a key that is not configured is refused', () => {
    expect(readV3Notice({ ...PAY, keys: createKeyRing([CERTIFICATE]) })).toMatchObject({ reason: 'unknown-serial' });
  });

  test('a notice that the APIv3 key does not open is refused', () => {
    const apiV3Key = valueOf(parseApiV3Key('x'.repeat(32)));
    expect(readV3Notice({ ...PAY, apiV3Key })).toMatchObject({ reason: 'sealed-text-unreadable' });
  });
});

const SEAL = {
  privateKey: PLATFORM_PRIVATE_KEYS[PLATFORM_SERIAL] ?? privateKey('platform-private-key'),
  serial: PLATFORM_SERIAL,
  apiV3Key: API_V3_KEY,
  nowMs: SIGNED_AT_MS,
  resourceNonce: 'yd92bNzgnjSB',
  nonce: 'MpigGQPjeITf4IIkwyvFuZKSb4UzHc11',
};
const ORDER = {
  mchid: valueOf(parseMchid('1900000001')),
  outTradeNo: valueOf(parseOutTradeNo('ORDER20260101001')),
  totalFen: fen(100),
};
const PAID = { ...ORDER, appid: valueOf(parseAppid('wxd678efh567hg6787')), paidAtMs: SIGNED_AT_MS };

const read = ({ headers, body }: ReturnType<typeof printV3Notice>) =>
  readV3Notice({ ...RULES, headers, body: bytes(body) });

/** The headers of a body that nobody captured. */
function headersFor(body: string) {
  const [timestamp, nonce, serial] = [String(SIGNED_AT_MS / 1000), 'n', PLATFORM_SERIAL];
  const signature = signMessage(answerMessage({ timestamp, nonce, body: bytes(body) }), SEAL.privateKey);
  return printWechatpayHeaders({ timestamp, nonce, serial, signature });
}

describe('test notices', () => {
  test('a made-up pay notice has the layout of vector C1, to the byte', () => {
    const plain: Readonly<Record<string, JsonValue>> = JSON.parse(vectorText('v3-notices/pay.plain.json'));
    const seal = { ...SEAL, privateKey: privateKey('wechatpay-private-key'), serial: PUBLIC_KEY_ID };
    const printed = printV3Notice(
      {
        id: '8dc45bdd-2033-595b-9c93-a23635cc7ede',
        createdAtMs: SIGNED_AT_MS,
        eventType: 'TRANSACTION.SUCCESS',
        originalType: 'transaction',
        summary: '支付成功',
        resource: plain,
      },
      seal,
    );
    expect(printed.body).toBe(vectorText('v3-notices/pay.json'));
    expect(printed.headers['wechatpay-signature']).toBe(PAY.headers['wechatpay-signature']);
  });

  test('a made-up pay notice is read, with members of its own', () => {
    const notice = valueOf(read(printV3TestPayNotice({ ...PAID, members: { attach: 'a', trade_type: 'APP' } }, SEAL)));
    expect(notice).toMatchObject({
      kind: 'payment',
      order: { outTradeNo: 'ORDER20260101001', totalFen: 100, paidAtMs: SIGNED_AT_MS, attach: 'a', tradeType: 'APP' },
    });
  });

  const REFUNDED = {
    ...ORDER,
    outRefundNo: valueOf(parseOutRefundNo('R1')),
    refundFen: fen(30),
    refundedAtMs: SIGNED_AT_MS,
  };

  test.each([
    ['SUCCESS', SIGNED_AT_MS],
    ['CHANGE', undefined],
    ['REFUNDCLOSE', undefined],
  ] as const)('a made-up refund notice can end as %s', (refundStatus, refundSuccessAtMs) => {
    const notice = valueOf(read(printV3TestRefundNotice({ ...REFUNDED, refundStatus }, SEAL)));
    expect(notice.kind === 'refund' ? notice.refund : undefined).toMatchObject({ refundStatus, refundFen: 30 });
    expect(notice.kind === 'refund' ? notice.refund.refundSuccessAtMs : 0).toBe(refundSuccessAtMs);
  });

  test('without a word about its end a made-up refund succeeded', () => {
    expect(read(printV3TestRefundNotice(REFUNDED, SEAL))).toMatchObject({
      value: { refund: { refundStatus: 'SUCCESS' } },
    });
  });

  test('a refund notice whose event and status disagree is not believed', () => {
    const printed = printV3TestRefundNotice({ ...REFUNDED, members: { refund_status: 'CLOSED' } }, SEAL);
    expect(read(printed)).toMatchObject({ ok: false, reason: 'event-mismatch' });
  });

  test.each(['refund_id', 'out_refund_no', 'refund_status', 'mchid', 'amount'])(
    'a refund notice without %s says nothing to rely on',
    (name) => {
      expect(read(printV3TestRefundNotice({ ...REFUNDED, members: { [name]: '' } }, SEAL))).toMatchObject({
        reason: 'field-missing',
      });
    },
  );

  test('a service provider’s refund notice says whose it is under the same names', () => {
    const members = { mchid: '', sp_mchid: '1900000001', sub_mchid: '1900000109' };
    expect(read(printV3TestRefundNotice({ ...REFUNDED, members }, SEAL))).toMatchObject({
      value: { refund: { mchid: '1900000001', subMchid: '1900000109' } },
    });
  });

  test('a pay notice of an order that is not paid is not believed', () => {
    const printed = printV3TestPayNotice({ ...PAID, members: { trade_state: 'NOTPAY' } }, SEAL);
    expect(read(printed)).toMatchObject({ ok: false, reason: 'not-a-payment' });
  });

  test('a pay notice without its number says nothing to rely on', () => {
    expect(read(printV3TestPayNotice({ ...PAID, members: { transaction_id: '' } }, SEAL))).toMatchObject({
      reason: 'field-missing',
    });
  });

  const EVENT = { id: 'n1', createdAtMs: SIGNED_AT_MS, originalType: 'transaction', summary: '支付成功', resource: {} };

  test('a notice of combined orders has one state for each of them', () => {
    const resource = {
      combine_appid: 'wxd678efh567hg6787',
      combine_mchid: '1900000001',
      combine_out_trade_no: 'P20150806125346',
      sub_orders: [
        {
          mchid: '1900000109',
          trade_state: 'SUCCESS',
          transaction_id: '42',
          out_trade_no: '1',
          amount: { total_amount: 10 },
        },
      ],
    };
    expect(read(printV3Notice({ ...EVENT, eventType: 'TRANSACTION.SUCCESS', resource }, SEAL))).toMatchObject({
      value: {
        kind: 'combined-payment',
        order: { subOrders: [{ outTradeNo: '1', tradeState: 'SUCCESS', totalFen: 10 }] },
      },
    });
    const { sub_orders: _, ...none } = resource;
    expect(read(printV3Notice({ ...EVENT, eventType: 'TRANSACTION.SUCCESS', resource: none }, SEAL))).toMatchObject({
      reason: 'field-missing',
    });
  });

  test('an event that is not about payments and refunds is verified, opened and told by its name', () => {
    expect(read(printV3Notice({ ...EVENT, eventType: 'SECURITY_ECHO.SUCCESS' }, SEAL))).toMatchObject({
      reason: 'event-unknown',
      message: expect.stringContaining('SECURITY_ECHO.SUCCESS'),
    });
  });

  test.each([
    ['no JSON', 'x', 'not-json'],
    ['no resource', '{"id":"1","event_type":"TRANSACTION.SUCCESS"}', 'field-missing'],
    [
      'an unknown cipher',
      '{"id":"1","event_type":"TRANSACTION.SUCCESS","resource":{"algorithm":"AEAD_SM4_GCM","ciphertext":"AAAA","nonce":"n"}}',
      'field-invalid',
    ],
  ])('a signed body with %s is no notice', (_, body, reason) => {
    expect(readV3Notice({ ...RULES, headers: headersFor(body), body: bytes(body) })).toMatchObject({
      ok: false,
      reason,
    });
  });
});

describe('the reply to a notice', () => {
  test('success has no body', () => {
    expect(printV3NoticeReply({ code: 'SUCCESS' })).toEqual({ status: 204, body: '' });
  });

  test('failure asks for the notice again and says why', () => {
    expect(printV3NoticeReply({ code: 'FAIL', message: 'signature-mismatch' })).toEqual({
      status: 500,
      body: '{"code":"FAIL","message":"signature-mismatch"}',
    });
  });

  test('a message that is too long is cut to 256 bytes, and what cannot be carried becomes a question mark', () => {
    const { body } = printV3NoticeReply({ code: 'FAIL', message: `😀\u0000${'中'.repeat(300)}` });
    const { message }: { readonly message: string } = JSON.parse(body);
    expect(message.startsWith('??中')).toBe(true);
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(256);
    expect(Buffer.byteLength(message)).toBeGreaterThan(253);
  });
});
