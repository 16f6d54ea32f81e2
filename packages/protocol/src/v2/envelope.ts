import type { Failure } from '../values/result.ts';
import type { ApiKey } from '../values/secret.ts';
import type { Fields } from './fields.ts';
import type { SignType } from './sign/sign.ts';
import { type VerifyReason, verifyFields } from './sign/verify.ts';
import { readXml, type XmlReason } from './xml/read-xml.ts';

/** Why an answer says nothing. */
export type UnreadableReason = XmlReason | VerifyReason | 'return-code-missing' | 'result-code-missing';

/** An answer, evaluated in the order that WeChat Pay prescribes: `return_code`, `sign`, `result_code`. */
export type Envelope =
  /** `return_code` FAIL: the gateway did not take the message. Never signed, so nobody vouches for it. */
  | { readonly kind: 'refused'; readonly returnMsg: string; readonly fields: Fields }
  /** `result_code` FAIL, signed. */
  | { readonly kind: 'failed'; readonly errCode: string; readonly errCodeDes: string; readonly fields: Fields }
  /** `result_code` SUCCESS, signed. */
  | { readonly kind: 'succeeded'; readonly fields: Fields }
  /** No verified knowledge: the outcome of the call is unknown. */
  | ({ readonly kind: 'unreadable' } & Omit<Failure<UnreadableReason>, 'ok'>);

/** How an answer is judged. */
export interface EnvelopeRules {
  readonly key: ApiKey;
  /** What the request was signed with. */
  readonly requested: SignType;
  /** Default `signed`; a few operations answer without a sign. */
  readonly answer?: 'signed' | 'unsigned';
}

/**
 * Reads an answer's envelope.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_2
 */
export function readEnvelope(body: Uint8Array, rules: EnvelopeRules): Envelope {
  const document = readXml(body);
  if (!document.ok) return { kind: 'unreadable', reason: document.reason, message: document.message };
  const fields = document.value;
  const returnCode = fields.get('return_code');
  if (returnCode === 'FAIL') return { kind: 'refused', returnMsg: fields.get('return_msg') ?? '', fields };
  if (returnCode !== 'SUCCESS') {
    return { kind: 'unreadable', reason: 'return-code-missing', message: 'return_code is neither SUCCESS nor FAIL' };
  }
  if (rules.answer !== 'unsigned') {
    const verified = verifyFields(fields, rules.key, rules.requested);
    if (!verified.ok) return { kind: 'unreadable', reason: verified.reason, message: verified.message };
  }
  return readResult(fields, rules);
}

function readResult(fields: Fields, rules: EnvelopeRules): Envelope {
  const resultCode = fields.get('result_code');
  if (resultCode === 'FAIL') {
    return {
      kind: 'failed',
      errCode: fields.get('err_code') ?? '',
      errCodeDes: fields.get('err_code_des') ?? '',
      fields,
    };
  }
  if (resultCode === 'SUCCESS' || (resultCode === undefined && rules.answer === 'unsigned'))
    return { kind: 'succeeded', fields };
  return { kind: 'unreadable', reason: 'result-code-missing', message: 'result_code is neither SUCCESS nor FAIL' };
}
