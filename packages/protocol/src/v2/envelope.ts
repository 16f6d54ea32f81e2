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
  /** `result_code` FAIL, verified unless the operation's answers are never signed. `errCode` may be empty. */
  | { readonly kind: 'failed'; readonly errCode: string; readonly errCodeDes: string; readonly fields: Fields }
  /** `result_code` SUCCESS, verified likewise. */
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
  if (rules.answer === 'unsigned') return readUnsignedEnvelope(body);
  const received = readReturnCode(body);
  if (received.kind !== 'succeeded') return received;
  const { fields } = received;
  const verified = verifyFields(fields, rules.key, rules.requested);
  if (!verified.ok) return { kind: 'unreadable', reason: verified.reason, message: verified.message };
  return (
    readResultCode(fields) ?? {
      kind: 'unreadable',
      reason: 'result-code-missing',
      message: 'result_code is neither SUCCESS nor FAIL',
    }
  );
}

/** Reads the envelope of an answer that is never signed; such answers may do without `result_code`. */
export function readUnsignedEnvelope(body: Uint8Array): Envelope {
  const received = readReturnCode(body);
  if (received.kind !== 'succeeded') return received;
  const { fields } = received;
  const result = readResultCode(fields);
  if (result !== undefined) return result;
  if ((fields.get('result_code') ?? '') === '') return { kind: 'succeeded', fields };
  return { kind: 'unreadable', reason: 'result-code-missing', message: 'result_code is neither SUCCESS nor FAIL' };
}

function readReturnCode(body: Uint8Array): Envelope {
  const document = readXml(body);
  if (!document.ok) return { kind: 'unreadable', reason: document.reason, message: document.message };
  const fields = document.value;
  const returnCode = fields.get('return_code');
  if (returnCode === 'SUCCESS') return { kind: 'succeeded', fields };
  if (returnCode === 'FAIL') return { kind: 'refused', returnMsg: fields.get('return_msg') ?? '', fields };
  return { kind: 'unreadable', reason: 'return-code-missing', message: 'return_code is neither SUCCESS nor FAIL' };
}

/** `err_code` may be missing or empty in a failure; in a sandbox's success it is `SUCCESS` and means nothing. */
function readResultCode(fields: Fields): Envelope | undefined {
  const resultCode = fields.get('result_code');
  if (resultCode === 'SUCCESS') return { kind: 'succeeded', fields };
  if (resultCode !== 'FAIL') return undefined;
  return {
    kind: 'failed',
    errCode: fields.get('err_code') ?? '',
    errCodeDes: fields.get('err_code_des') ?? '',
    fields,
  };
}
