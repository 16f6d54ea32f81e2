import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { V3OperationName } from '../operation.ts';
import { V3_LISTED_CODES, V3_OPERATIONS } from '../operations.ts';
import { bytes, vectorBytes } from '../vectors.suite.ts';
import { v3CodeRowOf } from './code-row-of.ts';
import { readV3Failure } from './failure.ts';
import { LISTED_SUB_CODES, subCodeOf } from './sub-code.ts';

const words = (text: string): string[] => text.trim().split(/\s+/);

const PUBLIC = words('PARAM_ERROR INVALID_REQUEST SIGN_ERROR SYSTEM_ERROR');
const GENERAL = words('NO_AUTH RATELIMIT_EXCEEDED SERVICE_UNAVAILABLE');
const OLD_ORDER = words(`USERPAYING USER_PAYING ACCOUNT_ERROR NOT_ENOUGH TRADE_ERROR RULE_LIMIT ORDER_NOT_EXIST
  ORDERNOTEXIST BANKERROR INVALID_TRANSACTIONID OPENID_MISMATCH`);
const COMBINE = words(`APPID_MCHID_NOT_MATCH INVALID_REQUEST MCH_NOT_EXISTS ORDER_CLOSED SIGN_ERROR NOAUTH
  FREQUENCY_LIMITED SYSTEMERROR`);
const ORDER = words(`APPID_MCHID_NOT_MATCH INVALID_REQUEST MCH_NOT_EXISTS PARAM_ERROR ORDER_CLOSED SIGN_ERROR NO_AUTH
  OUT_TRADE_NO_USED RULE_LIMIT FREQUENCY_LIMITED SYSTEM_ERROR ORDER_PAID`);
const QUERY = words(`INVALID_REQUEST MCH_NOT_EXISTS SIGN_ERROR RULE_LIMIT TRADE_ERROR ORDER_NOT_EXIST FREQUENCY_LIMITED
  SYSTEM_ERROR`);
const BILL = words('INVALID_REQUEST NO_STATEMENT_EXIST STATEMENT_CREATING FREQUENCY_LIMITED NO_AUTH');
const COMBINE_ORDER = [...COMBINE, ...words('OUT_TRADE_NO_USED RULELIMIT OPENID_MISMATCH')];

/** The codes that each operation's page lists, and those of older pages. */
const DOCUMENTED: Readonly<Record<V3OperationName, readonly string[]>> = {
  jsapi: [...ORDER, ...OLD_ORDER],
  app: [...ORDER, ...OLD_ORDER],
  native: [...ORDER, ...OLD_ORDER],
  h5: [...ORDER, ...OLD_ORDER],
  'query-by-id': [...QUERY, ...OLD_ORDER],
  'query-by-out-trade-no': [...QUERY, ...OLD_ORDER],
  close: [
    ...words(`INVALID_REQUEST MCH_NOT_EXISTS SIGN_ERROR RULE_LIMIT TRADE_ERROR FREQUENCY_LIMITED SYSTEM_ERROR ORDER_PAID
      ORDERPAID APPID_MCHID_NOT_MATCH ORDER_CLOSED NO_AUTH`),
    ...OLD_ORDER,
  ],
  refund: words(`INVALID_REQUEST SIGN_ERROR NOT_ENOUGH USER_ACCOUNT_ABNORMAL MCH_NOT_EXISTS RESOURCE_NOT_EXISTS
    FREQUENCY_LIMITED SYSTEM_ERROR REFUND_FEE_MISMATCH TRADE_OVERDUE`),
  'refund-query': words('SIGN_ERROR MCH_NOT_EXISTS RESOURCE_NOT_EXISTS FREQUENCY_LIMITED SYSTEM_ERROR'),
  'abnormal-refund': words('INVALID_REQUEST SIGN_ERROR RESOURCE_NOT_EXISTS FREQUENCY_LIMITED SYSTEM_ERROR'),
  tradebill: BILL,
  fundflowbill: BILL,
  'sub-merchant-fundflowbill': BILL,
  billdownload: words('INVALID_REQUEST NO_AUTH'),
  certificates: words('RESOURCE_NOT_EXISTS NOT_ENOUGH SYSTEM_ERROR'),
  codepay: [],
  reverse: [],
  'combine-jsapi': COMBINE_ORDER,
  'combine-app': COMBINE_ORDER,
  'combine-native': COMBINE_ORDER,
  'combine-h5': COMBINE_ORDER,
  'combine-query': [...COMBINE_ORDER, ...words('ORDERNOTEXIST INVALID_TRANSACTIONID')],
  'combine-close': [...COMBINE, 'ORDERNOTEXIST'],
};

describe('the table of codes', () => {
  test.each(Object.values(V3_OPERATIONS))(
    'every documented code of $name has a row, in either spelling',
    (operation) => {
      const documented = [...PUBLIC, ...GENERAL, ...DOCUMENTED[operation.name]];
      const unlisted = documented.filter(
        (code) => !Object.hasOwn(operation.codes, v3CodeRowOf(operation, code, 400).code),
      );
      expect(unlisted).toEqual([]);
    },
  );

  test('every row says what happened and what to do about it, and what is unknown is never given up', () => {
    for (const { operation, code, meaning, remedy, outcome, repeat, status } of V3_LISTED_CODES) {
      expect(meaning.length, `${operation} ${code}`).toBeGreaterThan(10);
      expect(remedy.length, `${operation} ${code}`).toBeGreaterThan(5);
      expect(status, `${operation} ${code}`).toBeGreaterThanOrEqual(202);
      expect(outcome === 'unknown' && repeat === 'never', `${operation} ${code}`).toBe(false);
    }
  });

  test('no two codes of one operation are the same but for their spelling', () => {
    for (const { codes } of Object.values(V3_OPERATIONS)) {
      const spelled = Object.keys(codes).map((code) => code.replaceAll('_', ''));
      expect(new Set(spelled).size).toBe(spelled.length);
    }
  });

  test('the operations are listed under their own names', () => {
    for (const [key, { name }] of Object.entries(V3_OPERATIONS)) expect(name).toBe(key);
  });

  const statusOf = (operation: V3OperationName, code: string) =>
    v3CodeRowOf(V3_OPERATIONS[operation], code, 400).row.status;

  test.each([
    ['native', 'PARAM_ERROR', 400],
    ['native', 'MCH_NOT_EXISTS', 400],
    ['refund', 'MCH_NOT_EXISTS', 404],
    ['native', 'SIGN_ERROR', 401],
    ['native', 'OUT_TRADE_NO_USED', 403],
    ['query-by-out-trade-no', 'ORDERNOTEXIST', 404],
    ['refund', 'FREQUENCY_LIMITED', 429],
    ['refund', 'NOT_ENOUGH', 403],
    ['combine-query', 'SYSTEMERROR', 500],
    ['combine-query', 'OPENID_MISMATCH', 500],
    ['tradebill', 'STATEMENT_CREATING', 400],
  ] as const)('%s documents %s with status %i', (operation, code, status) => {
    expect(statusOf(operation, code)).toBe(status);
  });

  test('no code of a payment by code lets a program submit it again by itself', () => {
    const unsafe = Object.entries(V3_OPERATIONS.codepay.codes).filter(
      ([, { repeat }]) => repeat === 'at-once' || repeat === 'later',
    );
    expect(unsafe).toEqual([]);
    expect(V3_OPERATIONS.codepay.afterUnknown).toBe('query');
  });

  test('a refund that is answered with 429 may be under way, other calls with 429 were not accepted', () => {
    expect(v3CodeRowOf(V3_OPERATIONS.refund, 'FREQUENCY_LIMITED', 429).row).toMatchObject({
      outcome: 'unknown',
      repeat: 'query',
    });
    expect(v3CodeRowOf(V3_OPERATIONS.close, 'FREQUENCY_LIMITED', 429).row).toMatchObject({
      outcome: 'rejected',
      repeat: 'later',
    });
  });
});

describe('codes that no table lists', () => {
  const operations = Object.values(V3_OPERATIONS);

  test.each(['', 'BRAND_NEW', 'SUCCESS', 'constructor', '__proto__', 'toString', 'system_error'])(
    'the unlisted code “%s” leaves an operation that changes something unknown',
    (code) => {
      expect(v3CodeRowOf(V3_OPERATIONS.refund, code, 400).row).toMatchObject({ outcome: 'unknown', repeat: 'query' });
      expect(v3CodeRowOf(V3_OPERATIONS['query-by-id'], code, 400).row).toMatchObject({ outcome: 'rejected' });
    },
  );

  test('no text makes an operation that changes something a rejection by accident, whatever the status', () => {
    const statuses = fc.integer({ min: 200, max: 599 });
    fc.assert(
      fc.property(fc.constantFrom(...operations), fc.string(), statuses, (operation, code, status) => {
        const { code: name, row } = v3CodeRowOf(operation, code, status);
        expect(row.meaning).not.toBe('');
        const isByAccident =
          row.outcome === 'rejected' && operation.effect === 'changes' && !Object.hasOwn(operation.codes, name);
        expect(isByAccident).toBe(false);
      }),
    );
  });

  test.each([500, 501, 502, 503])('with status %i nobody knows, even when the code is one of a refusal', (status) => {
    expect(v3CodeRowOf(V3_OPERATIONS.close, 'INVALID_REQUEST', status).row).toMatchObject({
      outcome: 'unknown',
      repeat: 'query',
    });
    expect(v3CodeRowOf(V3_OPERATIONS['query-by-id'], '', status).row).toMatchObject({
      outcome: 'unknown',
      repeat: 'at-once',
    });
    expect(v3CodeRowOf(V3_OPERATIONS.jsapi, 'OPENID_MISMATCH', status).row).toMatchObject({ outcome: 'rejected' });
  });

  test('accepted but not finished means the same again later', () => {
    expect(v3CodeRowOf(V3_OPERATIONS.refund, '', 202).row).toMatchObject({ outcome: 'unknown', repeat: 'later' });
  });
});

describe('the body of a failure', () => {
  const failed = (status: number, body: string, headers = {}) =>
    readV3Failure(V3_OPERATIONS.native, { status, headers, body: bytes(body) });

  test('code and sentence are read, and the sentence decides nothing', () => {
    expect(failed(403, '{"code":"OUT_TRADE_NO_USED","message":"201 商户订单号重复"}')).toMatchObject({
      code: 'OUT_TRADE_NO_USED',
      status: 403,
      description: '201 商户订单号重复',
      row: { outcome: 'rejected', repeat: 'query' },
    });
  });

  test('an old spelling is told in the new one', () => {
    expect(failed(403, '{"code":"RULELIMIT","message":""}').code).toBe('RULE_LIMIT');
  });

  test('a detail says what was wrong where, as captured from the gateway', () => {
    const body =
      '{"code":"PARAM_ERROR","detail":{"location":"body","value":35},"message":"输入源“/body/out_trade_no”…"}';
    expect(failed(400, body).detail).toEqual({ location: 'body', value: 35 });
    const documented =
      '{"code":"PARAM_ERROR","message":"","detail":{"field":"/amount/currency","value":"XYZ","issue":"x","location":"body"}}';
    expect(failed(400, documented).detail).toEqual({
      field: '/amount/currency',
      value: 'XYZ',
      issue: 'x',
      location: 'body',
    });
  });

  test('a wrong signature brings the text that the gateway verified', () => {
    const failure = readV3Failure(V3_OPERATIONS.jsapi, {
      status: 401,
      headers: {},
      body: vectorBytes('v3-messages/sign-error.json'),
    });
    expect(failure).toMatchObject({ code: 'SIGN_ERROR', description: '签名错误', row: { outcome: 'rejected' } });
    expect(failure.detail).toMatchObject({ field: 'signature', location: 'authorization', issue: 'sign not match' });
    expect(failure.detail?.signedText).toContain('POST\n/v3/pay/transactions/jsapi\n');
  });

  test.each([
    ['nothing, as for an unknown path', 404, ''],
    ['a web page', 403, '<html></html>'],
    ['JSON without a code', 400, '{}'],
    ['a code that is no text', 400, '{"code":1,"detail":[]}'],
  ])('%s is no knowledge about what was changed', (_, status, body) => {
    expect(failed(status, body)).toMatchObject({
      code: 'UNLISTED',
      description: '',
      row: { outcome: 'unknown', repeat: 'query' },
    });
  });

  test('the request id is kept for the support, and its number decoded', () => {
    const requestId = '08DAF1A7B50610FB0318FCB3C05520D5232891CE04-268892709';
    const failure = readV3Failure(V3_OPERATIONS.refund, {
      status: 403,
      headers: { 'request-id': requestId },
      body: bytes('{"code":"NOT_ENOUGH","message":"基本账户余额不足，请充值后重新发起"}'),
    });
    expect(failure).toMatchObject({
      code: 'NOT_ENOUGH',
      requestId,
      subCode: { subCode: '268892709', likelyCode: 'NOT_ENOUGH' },
    });
  });
});

describe('sub-codes', () => {
  test('all 54 documented sub-codes name a code that some operation lists', () => {
    const listed = new Set(V3_LISTED_CODES.map(({ code }) => code));
    expect(LISTED_SUB_CODES).toHaveLength(54);
    expect(LISTED_SUB_CODES.filter(({ likelyCode }) => !listed.has(likelyCode))).toEqual([]);
  });

  test.each([undefined, '', '08DAF1-0', '08DAF1', '08DAF1-', '08DAF1-12x', '08DAF1-1234567890123'])(
    'the request id %s has no sub-code',
    (requestId) => {
      expect(subCodeOf(requestId)).toBeUndefined();
    },
  );

  test('a sub-code that is not documented is kept all the same', () => {
    expect(subCodeOf('AB-CD-999999999')).toEqual({ subCode: '999999999', likelyCode: '', meaning: 'not documented' });
  });
});
