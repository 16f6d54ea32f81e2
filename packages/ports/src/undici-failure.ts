import type { Delivery, HttpFailureReason } from './http.ts';

/** What the error codes of Node, OpenSSL and undici mean for an exchange. */
const REASONS: Readonly<Record<string, HttpFailureReason>> = {
  ENOTFOUND: 'name-not-resolved',
  EAI_AGAIN: 'name-not-resolved',
  EAI_FAIL: 'name-not-resolved',
  EAI_NODATA: 'name-not-resolved',
  ENODATA: 'name-not-resolved',
  ESERVFAIL: 'name-not-resolved',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'connection-refused',
  ENETUNREACH: 'connection-refused',
  EHOSTDOWN: 'connection-refused',
  EADDRNOTAVAIL: 'connection-refused',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  UND_ERR_HEADERS_TIMEOUT: 'answer-timeout',
  UND_ERR_BODY_TIMEOUT: 'answer-timeout',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'answer-too-large',
  UND_ERR_HEADERS_OVERFLOW: 'answer-too-large',
  UND_ERR_ABORTED: 'aborted',
  UND_ERR_SOCKET: 'connection-lost',
  ECONNRESET: 'connection-lost',
  EPIPE: 'connection-lost',
  EPROTO: 'tls-failed',
};

/** Certificate errors come from OpenSSL's verification under their own names, without a prefix in common. */
const TLS_CODE =
  /^ERR_(?:TLS|SSL|OSSL)_|CERT|^UNABLE_TO_(?:VERIFY|GET|DECRYPT|DECODE)|^(?:CRL_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH)/;

/** Why there was no answer, from the error that undici gave. What it does not know is a lost connection. */
export function failureReasonOf(error: unknown, delivery: Delivery): HttpFailureReason {
  const code = codeOf(error);
  if (code === 'ETIMEDOUT') return delivery === 'not-sent' ? 'connect-timeout' : 'connection-lost';
  const reason = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  if (reason !== undefined) return reason;
  return TLS_CODE.test(code) ? 'tls-failed' : 'connection-lost';
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
