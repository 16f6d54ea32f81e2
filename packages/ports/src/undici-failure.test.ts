import { expect, test } from 'vitest';
import { failureReasonOf } from './undici-failure.ts';

test.each([
  ['ENOTFOUND', 'name-not-resolved'],
  ['EAI_AGAIN', 'name-not-resolved'],
  ['ECONNREFUSED', 'connection-refused'],
  ['EHOSTUNREACH', 'connection-refused'],
  ['UND_ERR_CONNECT_TIMEOUT', 'connect-timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'answer-timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'answer-timeout'],
  ['UND_ERR_SOCKET', 'connection-lost'],
  ['ECONNRESET', 'connection-lost'],
  ['HPE_INVALID_CONSTANT', 'connection-lost'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-failed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-failed'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-failed'],
  ['CERT_HAS_EXPIRED', 'tls-failed'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-failed'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls-failed'],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'tls-failed'],
  ['EPROTO', 'tls-failed'],
  ['constructor', 'connection-lost'],
])('the error code %s means %s', (code, reason) => {
  expect(failureReasonOf(Object.assign(new Error('x'), { code }), 'maybe-sent')).toBe(reason);
});

test('a timeout of the socket is one of connecting before the request was sent, a lost connection after', () => {
  const error = Object.assign(new Error('x'), { code: 'ETIMEDOUT' });
  expect(failureReasonOf(error, 'not-sent')).toBe('connect-timeout');
  expect(failureReasonOf(error, 'maybe-sent')).toBe('connection-lost');
});

test('what is no error at all is a lost connection', () => {
  expect(failureReasonOf(undefined, 'maybe-sent')).toBe('connection-lost');
});
