import {
  type ApiKey,
  type Fields,
  type Result,
  type SignType,
  stringToSign,
  verifyFields,
  type VerifyReason,
} from '@orderkeeper/protocol';
import type { SimOperation } from '../operations/operation.ts';
import type { SimMerchant } from '../world.ts';
import { sandboxKeyOf } from './sandbox-key.ts';
import { type Accepted, reject, type Rejected } from './verdicts.ts';

const SURROGATE = /[\ud800-\udfff]/;

/** Verifies the signature of a call; a refusal shows the string that was signed here. */
export function checkSign(operation: SimOperation, fields: Fields, merchant: SimMerchant): Accepted | Rejected {
  const key = operation.key === 'sandbox' ? sandboxKeyOf(merchant) : merchant.apiKey;
  const bad = (explanation: string): Rejected =>
    reject('bad-signature', 'bad-signature', explanation, { signedText: `${stringToSign(fields)}&key=[secret]` });
  for (const [name, value] of fields) {
    if (SURROGATE.test(value)) {
      return bad(`${name} contains a character of four UTF-8 bytes, such as an emoji; no sign over it is accepted`);
    }
  }
  const verified = verifyEither(operation, fields, key);
  if (!verified.ok)
    return bad(`${verified.message}; compare the string signed here with the one that the caller hashed`);
  if (operation.signTypes !== 'any' && verified.value !== operation.signTypes) {
    return bad(`${operation.name} takes ${operation.signTypes} only, the call is signed with ${verified.value}`);
  }
  return { kind: 'accepted', fields, merchant, key, signType: verified.value };
}

/** Verifies the fields as received, else with the fields decoded that callers may send URL-encoded. */
function verifyEither(operation: SimOperation, fields: Fields, key: ApiKey): Result<SignType, VerifyReason> {
  const requested = (fields.get('sign_type') ?? '') === '' ? 'MD5' : undefined;
  const asReceived = verifyFields(fields, key, requested);
  if (asReceived.ok || operation.mayBeUrlEncoded.length === 0) return asReceived;
  const decoded = new Map(fields);
  for (const name of operation.mayBeUrlEncoded) decoded.set(name, urlDecoded(fields.get(name) ?? ''));
  return verifyFields(decoded, key, requested);
}

function urlDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
