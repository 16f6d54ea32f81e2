import { failure, type Result } from '../../values/result.ts';
import { type KeyReason, type KeyRing, keyOf, type VerificationKey } from '../keys/key-ring.ts';
import { answerMessage } from './message.ts';
import { isSignedBy } from './rsa.ts';
import { type HeaderReason, type MessageHeaders, readWechatpayHeaders } from './wechatpay-headers.ts';

/**
 * Why an answer or a notice is not accepted. `probe` is traffic that WeChat Pay signs wrongly on purpose to see that it
 * is refused: count it apart and wake nobody, but refuse it like the rest.
 */
export type AnswerVerifyReason = HeaderReason | KeyReason | 'clock-skew' | 'probe' | 'signature-mismatch';

/** What is judged, and by what. */
export interface VerifyRequest {
  readonly headers: MessageHeaders;
  /** The raw body as received; reading and printing JSON again would change it. */
  readonly body: Uint8Array;
  readonly keys: KeyRing;
  /** Now, UTC milliseconds. */
  readonly nowMs: number;
}

/** How far the time of a signature may be from now, before or after; this much is too far already. */
export const CLOCK_SKEW_MS_END = 300_000;

/** What the signature of a probe begins with. */
export const PROBE_PREFIX = 'WECHATPAY/SIGNTEST/';

/**
 * Verifies the signature of an answer or a notice, and says which key vouches for it.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export function verifyAnswer({
  headers,
  body,
  keys,
  nowMs,
}: VerifyRequest): Result<VerificationKey, AnswerVerifyReason> {
  const read = readWechatpayHeaders(headers);
  if (!read.ok) return read;
  const { timestamp, nonce, signature, serial } = read.value;
  const aheadMs = Number(timestamp) * 1000 - nowMs;
  if (Math.abs(aheadMs) >= CLOCK_SKEW_MS_END) {
    const seconds = Math.round(Math.abs(aheadMs) / 1000);
    return failure(
      'clock-skew',
      `the signature was made ${seconds} s ${aheadMs > 0 ? 'after' : 'before'} our now, allowed is less than 300 s; set the clock, or the message is an old one`,
    );
  }
  // Refused like any other wrong signature; the branch only gives it its own name.
  if (signature.startsWith(PROBE_PREFIX)) {
    return failure(
      'probe',
      'WeChat Pay tests with a wrong signature that we refuse wrong signatures; the real one follows',
    );
  }
  const key = keyOf(keys, serial, nowMs);
  if (!key.ok) return key;
  if (!isSignedBy(answerMessage({ timestamp, nonce, body }), signature, key.value.publicKey)) {
    return failure('signature-mismatch', `the signature does not belong to this body and the key ${serial}`);
  }
  return key;
}
