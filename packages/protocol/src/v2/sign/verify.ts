import { timingSafeEqual } from 'node:crypto';
import type { ApiKey } from '../../values/secret.ts';
import { failure, ok, type Result } from '../../values/result.ts';
import type { Fields } from '../fields.ts';
import { type SignType, signFields } from './sign.ts';

/** Why a signature is not accepted. */
export type VerifyReason = 'sign-missing' | 'sign-type-unknown' | 'sign-type-weaker' | 'sign-mismatch';

const HMAC_SHA256_HEX_LENGTH = 64;

const signTypeOf = (text: string): SignType | undefined =>
  text === 'MD5' || text === 'HMAC-SHA256' ? text : undefined;

/**
 * Verifies `sign` over the fields as received, unknown ones included, in constant time.
 *
 * The algorithm is that of `sign_type`, else `requested` (what the request was signed with), else told by the length
 * of `sign`. An MD5 answer to an HMAC request is refused: whoever can forge MD5 must not choose it.
 */
export function verifyFields(fields: Fields, key: ApiKey, requested?: SignType): Result<SignType, VerifyReason> {
  const sign = fields.get('sign') ?? '';
  if (sign === '') return failure('sign-missing', 'the message has no sign');
  const named = fields.get('sign_type') ?? '';
  const ofField = signTypeOf(named);
  if (named !== '' && ofField === undefined) {
    return failure('sign-type-unknown', 'sign_type is neither MD5 nor HMAC-SHA256');
  }
  const ofLength = sign.length === HMAC_SHA256_HEX_LENGTH ? 'HMAC-SHA256' : 'MD5';
  const signType = ofField ?? requested ?? ofLength;
  if (requested === 'HMAC-SHA256' && (signType === 'MD5' || ofLength === 'MD5')) {
    return failure('sign-type-weaker', 'the request was signed with HMAC-SHA256, the answer with MD5');
  }
  if (!isEqual(sign, signFields(fields, key, signType))) {
    return failure('sign-mismatch', 'the sign does not belong to these fields and this API key');
  }
  return ok(signType);
}

function isEqual(received: string, computed: string): boolean {
  const a = Buffer.from(received, 'utf8');
  const b = Buffer.from(computed, 'utf8');
  return a.length === b.length && timingSafeEqual(a, b);
}
