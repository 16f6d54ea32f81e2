import { expect, test } from 'vitest';
import type { OperationName } from '../operation.ts';
import { LISTED_CODES, OPERATIONS } from '../operations.ts';

const words = (text: string): string[] => text.trim().split(/\s+/);

/** The codes that each operation's page lists, of the years 2016 to 2025, and those that were only observed. */
const DOCUMENTED: Readonly<Record<OperationName, readonly string[]>> = {
  unifiedorder: words(`INVALID_REQUEST NOAUTH NOTENOUGH ORDERPAID ORDERCLOSED SYSTEMERROR APPID_NOT_EXIST
    MCHID_NOT_EXIST APPID_MCHID_NOT_MATCH LACK_PARAMS OUT_TRADE_NO_USED SIGNERROR XML_FORMAT_ERROR
    REQUIRE_POST_METHOD POST_DATA_EMPTY NOT_UTF8 PARAM_ERROR`),
  orderquery: words('ORDERNOTEXIST SYSTEMERROR INVALID_REQUEST FREQUENCY_LIMITED'),
  closeorder: words(`ORDERPAID SYSTEMERROR ORDERNOTEXIST ORDERCLOSED SIGNERROR REQUIRE_POST_METHOD XML_FORMAT_ERROR
    FREQUENCY_LIMITED TRADE_STATE_ERROR`),
  micropay: words(`SYSTEMERROR BANKERROR USERPAYING PARAM_ERROR ORDERPAID NOAUTH AUTHCODEEXPIRE NOTENOUGH
    NOTSUPORTCARD ORDERCLOSED ORDERREVERSED AUTH_CODE_ERROR AUTH_CODE_INVALID XML_FORMAT_ERROR REQUIRE_POST_METHOD
    SIGNERROR LACK_PARAMS NOT_UTF8 BUYER_MISMATCH APPID_NOT_EXIST MCHID_NOT_EXIST APPID_MCHID_NOT_MATCH
    OUT_TRADE_NO_USED INVALID_REQUEST TRADE_ERROR`),
  reverse: words(`SYSTEMERROR INVALID_TRANSACTIONID PARAM_ERROR REQUIRE_POST_METHOD SIGNERROR REVERSE_EXPIRE
    INVALID_REQUEST TRADE_ERROR NOT_ALLOW CERT_ERROR`),
  refund: words(`SYSTEMERROR BIZERR_NEED_RETRY TRADE_OVERDUE ERROR USER_ACCOUNT_ABNORMAL INVALID_REQ_TOO_MUCH
    NOTENOUGH INVALID_TRANSACTIONID PARAM_ERROR APPID_NOT_EXIST MCHID_NOT_EXIST APPID_MCHID_NOT_MATCH ORDERNOTEXIST
    REQUIRE_POST_METHOD SIGNERROR XML_FORMAT_ERROR FREQUENCY_LIMITED NOAUTH CERT_ERROR REFUND_FEE_MISMATCH
    INVALID_REQUEST ORDER_NOT_READY`),
  refundv2: words('SYSTEMERROR BIZERR_NEED_RETRY REFUND_FEE_MISMATCH ORDER_NOT_READY'),
  refundquery: words(`SYSTEMERROR REFUNDNOTEXIST INVALID_TRANSACTIONID PARAM_ERROR APPID_NOT_EXIST MCHID_NOT_EXIST
    APPID_MCHID_NOT_MATCH REQUIRE_POST_METHOD SIGNERROR XML_FORMAT_ERROR INVALID_REQUEST`),
  refundqueryv2: words('SYSTEMERROR REFUNDNOTEXIST'),
  downloadbill: words('20001 20002 20003 20007 20100 100 SYSTEMERROR'),
  downloadfundflow: words('SYSTEMERROR PARAM_ERROR NO_BILL_EXIST BILL_CREATING'),
  authcodetoopenid: words('SYSTEMERROR AUTHCODEEXPIRE AUTH_CODE_ERROR AUTH_CODE_INVALID'),
  shorturl: words(`SIGNERROR REQUIRE_POST_METHOD APPID_NOT_EXIST MCHID_NOT_EXIST APPID_MCHID_NOT_MATCH LACK_PARAMS
    XML_FORMAT_ERROR POST_DATA_EMPTY`),
  report: [],
  getsignkey: [],
  apiv2getsignkey: [],
};

test.each(Object.values(OPERATIONS))('every documented code of $name has a row', ({ name, codes }) => {
  expect(DOCUMENTED[name].filter((code) => !Object.hasOwn(codes, code))).toEqual([]);
});

test('every row says what happened and what to do about it', () => {
  for (const { operation, code, meaning, remedy } of LISTED_CODES) {
    expect(meaning.length, `${operation} ${code}`).toBeGreaterThan(10);
    expect(remedy.length, `${operation} ${code}`).toBeGreaterThan(5);
  }
});

test('the list of codes has one entry for each row of each table', () => {
  const rows = Object.values(OPERATIONS).reduce((sum, { codes }) => sum + Object.keys(codes).length, 0);
  expect(LISTED_CODES).toHaveLength(rows);
  expect(LISTED_CODES).toContainEqual(expect.objectContaining({ operation: 'micropay', code: 'USERPAYING' }));
});

const outcomesOf = (operation: OperationName, outcome: string): string[] =>
  Object.entries(OPERATIONS[operation].codes)
    .filter(([, row]) => row.outcome === outcome)
    .map(([code]) => code)
    .toSorted();

test('exactly three codes of micropay leave open whether the payer is charged', () => {
  expect(outcomesOf('micropay', 'unknown')).toEqual(['BANKERROR', 'SYSTEMERROR', 'USERPAYING']);
});

test('no code of micropay lets a program submit the payment again by itself', () => {
  const repeats = Object.values(OPERATIONS.micropay.codes).map(({ repeat }) => repeat);
  expect(new Set(repeats)).toEqual(new Set(['query', 'never']));
});

test('a refund is open after a timeout and while another step of it is being worked on', () => {
  expect(outcomesOf('refund', 'unknown')).toEqual(['BIZERR_NEED_RETRY', 'SYSTEMERROR']);
});

test.each(['unifiedorder', 'orderquery', 'closeorder', 'reverse', 'refundquery'] as const)(
  'only a timeout inside of WeChat Pay leaves %s open',
  (operation) => {
    expect(outcomesOf(operation, 'unknown')).toEqual(['SYSTEMERROR']);
  },
);

test('what is unknown is never given up', () => {
  expect(LISTED_CODES.filter(({ outcome, repeat }) => outcome === 'unknown' && repeat === 'never')).toEqual([]);
});

test('the names of the operations are those of their keys, and their paths differ', () => {
  for (const [key, { name }] of Object.entries(OPERATIONS)) expect(name).toBe(key);
  expect(new Set(Object.values(OPERATIONS).map(({ path }) => path)).size).toBe(Object.keys(OPERATIONS).length);
});
