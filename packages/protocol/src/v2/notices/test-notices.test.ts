import { expect, test } from 'vitest';
import { fen } from '../../values/fen.ts';
import { parseAppid, parseMchid, parseOutRefundNo, parseOutTradeNo } from '../../values/numbers.ts';
import { bytes, DEMO_KEY, valueOf } from '../messages.suite.ts';
import { noticeVectorText } from './notices.suite.ts';
import { readPayNotice } from './pay-notice.ts';
import { readRefundNotice } from './refund-notice.ts';
import { printTestPayNotice, printTestRefundNotice } from './test-notices.ts';

const ORDER = {
  key: DEMO_KEY,
  appid: valueOf(parseAppid('wx2421b1c4370ec43b')),
  mchid: valueOf(parseMchid('10000100')),
  outTradeNo: valueOf(parseOutTradeNo('20210106205257001')),
  totalFen: fen(1),
};
const AT_MS = Date.UTC(2021, 0, 6, 12, 53, 23);

test('a made-up pay notice has the layout of a captured one, to the byte', () => {
  const body = printTestPayNotice({
    ...ORDER,
    paidAtMs: AT_MS,
    fields: {
      nonce_str: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
      trade_type: 'NATIVE',
      transaction_id: '4200000001202101060000000004',
    },
  });
  expect(body).toBe(noticeVectorText('pay-plain.xml'));
});

test('a made-up pay notice can be signed with HMAC-SHA256', () => {
  const body = printTestPayNotice({ ...ORDER, paidAtMs: AT_MS, signType: 'HMAC-SHA256', fields: { attach: '' } });
  const notice = valueOf(readPayNotice(bytes(body), { key: DEMO_KEY, requested: 'HMAC-SHA256' }));
  expect(notice.payment.paidAtMs).toBe(AT_MS);
  expect(notice.fields.get('attach')).toBe('');
});

test.each([
  { refundStatus: 'SUCCESS', succeededAtMs: AT_MS },
  { refundStatus: 'CHANGE' },
  { refundStatus: 'REFUNDCLOSE' },
] as const)('a made-up refund notice can end as $refundStatus', (end) => {
  const body = printTestRefundNotice({
    ...ORDER,
    outRefundNo: valueOf(parseOutRefundNo('refund-1')),
    refundFen: fen(1),
    refundedAtMs: AT_MS,
    refundStatus: end.refundStatus,
  });
  const notice = valueOf(readRefundNotice(bytes(body), DEMO_KEY));
  expect(notice).toMatchObject({ ...end, outRefundNo: 'refund-1', refundFen: 1, mchid: '10000100' });
});

test('a field that XML cannot carry is a mistake of the test and thrown', () => {
  expect(() => printTestPayNotice({ ...ORDER, paidAtMs: AT_MS, fields: { attach: '😀' } })).toThrow(/attach/);
});
