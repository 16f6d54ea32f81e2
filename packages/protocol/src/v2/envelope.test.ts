import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Envelope, readEnvelope, readUnsignedEnvelope } from './envelope.ts';
import type { Fields } from './fields.ts';
import { bytes, DEMO_KEY, fieldsOf, signedBody, vector, vectorEnvelope } from './messages.suite.ts';

const RULES = { key: DEMO_KEY, requested: 'MD5' } as const;

const SUCCEEDED = [
  'unifiedorder-jsapi',
  'unifiedorder-native',
  'orderquery-success',
  'orderquery-notpay',
  'orderquery-closed',
  'closeorder-success',
  'refund-accepted',
  'refundquery-one',
];

test.each(SUCCEEDED)('the captured answer %s verifies and succeeds', (name) => {
  expect(vectorEnvelope(name).kind).toBe('succeeded');
});

test.each([
  ['unifiedorder-orderpaid', 'ORDERPAID', '该订单已支付'],
  ['unifiedorder-number-used', 'INVALID_REQUEST', '201 商户订单号重复'],
  ['orderquery-not-exist', 'ORDERNOTEXIST', 'order not exist'],
])('the captured answer %s verifies and fails with %s', (name, errCode, errCodeDes) => {
  expect(vectorEnvelope(name)).toMatchObject({ kind: 'failed', errCode, errCodeDes });
});

test('an answer to an HMAC-SHA256 request verifies without sign_type', () => {
  expect(vectorEnvelope('closeorder-busy-hmac', 'HMAC-SHA256')).toMatchObject({
    kind: 'failed',
    errCode: 'FREQUENCY_LIMITED',
  });
});

test.each([
  ['refused-sign', '签名错误'],
  ['refused-rate', '频率限制'],
])('the captured answer %s is refused without a sign', (name, returnMsg) => {
  expect(vectorEnvelope(name)).toMatchObject({ kind: 'refused', returnMsg });
});

test('a refusal without return_msg is still a refusal', () => {
  const body = bytes('<xml><return_code>FAIL</return_code></xml>');
  expect(readEnvelope(body, RULES)).toMatchObject({ kind: 'refused', returnMsg: '' });
});

test('a failure without appid, mch_id and err_code is a failure with an empty code', () => {
  const body = signedBody(fieldsOf({ return_code: 'SUCCESS', result_code: 'FAIL', err_code: '' }));
  expect(readEnvelope(body, RULES)).toMatchObject({ kind: 'failed', errCode: '', errCodeDes: '' });
});

test('err_code SUCCESS beside result_code SUCCESS is a success, as the sandbox answers', () => {
  const sandbox = { return_code: 'SUCCESS', result_code: 'SUCCESS', err_code: 'SUCCESS', err_code_des: 'ok' };
  expect(readEnvelope(signedBody(fieldsOf(sandbox)), RULES).kind).toBe('succeeded');
});

test('return_code counts before the sign: a refusal with a wrong sign is a refusal', () => {
  const body = bytes('<xml><return_code>FAIL</return_code><return_msg>x</return_msg><sign>00</sign></xml>');
  expect(readEnvelope(body, RULES)).toMatchObject({ kind: 'refused', returnMsg: 'x' });
});

test('the sign counts before result_code: a failure without sign says nothing', () => {
  const body = bytes(
    '<xml><return_code>SUCCESS</return_code><result_code>FAIL</result_code><err_code>ORDERPAID</err_code></xml>',
  );
  expect(readEnvelope(body, RULES)).toMatchObject({ kind: 'unreadable', reason: 'sign-missing' });
});

test('an answer with one changed field says nothing', () => {
  const text = new TextDecoder().decode(vector('orderquery-notpay')).replace('NOTPAY', 'SUCCESS');
  expect(readEnvelope(bytes(text), RULES)).toMatchObject({ kind: 'unreadable', reason: 'sign-mismatch' });
});

test('an MD5 answer to an HMAC-SHA256 request says nothing', () => {
  expect(vectorEnvelope('orderquery-success', 'HMAC-SHA256')).toMatchObject({
    kind: 'unreadable',
    reason: 'sign-type-weaker',
  });
});

test.each([
  ['nothing', '', 'empty'],
  ['an HTML page', '<html><head><title>400 No required SSL certificate was sent</title></head></html>', 'wrong-root'],
  ['an HTML page with a DOCTYPE', '<!DOCTYPE html><html></html>', 'doctype'],
  ['a text', 'Bad Gateway', 'malformed'],
  ['a truncated answer', '<xml><return_code>SUCCESS</return_code><sign>', 'malformed'],
  ['XML without return_code', '<xml><result_code>SUCCESS</result_code></xml>', 'return-code-missing'],
  ['an unknown return_code', '<xml><return_code>success</return_code></xml>', 'return-code-missing'],
])('%s says nothing, and tells why', (_, text, reason) => {
  expect(readEnvelope(bytes(text), RULES)).toMatchObject({ kind: 'unreadable', reason });
});

test.each([{}, { result_code: '' }, { result_code: 'OK' }])('a signed answer needs a result_code, not %j', (fields) => {
  const body = signedBody(fieldsOf({ return_code: 'SUCCESS', ...fields }));
  expect(readEnvelope(body, RULES)).toMatchObject({ kind: 'unreadable', reason: 'result-code-missing' });
});

test('an operation that is never signed succeeds without sign and without result_code', () => {
  const body = bytes('<xml><return_code>SUCCESS</return_code><return_msg>ok</return_msg></xml>');
  expect(readEnvelope(body, { ...RULES, answer: 'unsigned' }).kind).toBe('succeeded');
  expect(readUnsignedEnvelope(bytes('<xml><return_code>SUCCESS</return_code><result_code/></xml>')).kind).toBe(
    'succeeded',
  );
});

test('an operation that is never signed fails by its result_code, and an unknown one says nothing', () => {
  const failed = bytes('<xml><return_code>SUCCESS</return_code><result_code>FAIL</result_code></xml>');
  expect(readUnsignedEnvelope(failed).kind).toBe('failed');
  const odd = bytes('<xml><return_code>SUCCESS</return_code><result_code>MAYBE</result_code></xml>');
  expect(readUnsignedEnvelope(odd)).toMatchObject({ kind: 'unreadable', reason: 'result-code-missing' });
});

test('no bytes whatsoever make the reader throw, and none of them succeed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
      expect(readEnvelope(body, RULES).kind).toBe('unreadable');
    }),
  );
});

const signedOf = (envelope: Envelope): Fields | 'nothing' =>
  envelope.kind === 'unreadable' ? 'nothing' : new Map([...envelope.fields].filter(([, value]) => value !== ''));

test('no changed byte turns a verified answer into another verified answer', () => {
  const original = vector('orderquery-success');
  const before = vectorEnvelope('orderquery-success');
  fc.assert(
    fc.property(fc.nat(original.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const body = Uint8Array.from(original);
      body[at] = (body[at] ?? 0) ^ change;
      const after = readEnvelope(body, RULES);
      expect(['succeeded', 'unreadable']).toContain(after.kind);
      expect([signedOf(before), 'nothing']).toContainEqual(signedOf(after));
    }),
  );
});
