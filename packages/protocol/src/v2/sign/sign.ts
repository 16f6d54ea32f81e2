import { createHmac, hash } from 'node:crypto';
import type { ApiKey } from '../../values/secret.ts';
import type { Fields } from '../fields.ts';
import { stringToSign } from './string-to-sign.ts';

/** How a v2 message is signed; `MD5` where `sign_type` is absent. */
export type SignType = 'MD5' | 'HMAC-SHA256';

const DIGESTS: Readonly<Record<SignType, (text: string, key: string) => string>> = {
  MD5: (text) => hash('md5', text, 'hex'),
  'HMAC-SHA256': (text, key) => createHmac('sha256', key).update(text, 'utf8').digest('hex'),
};

/**
 * The `sign` of `fields`: 32 upper-case hex digits for MD5, 64 for HMAC-SHA256.
 * `sign_type` is an ordinary field: put it among `fields` first when it is to be sent.
 */
export function signFields(fields: Fields, key: ApiKey, signType: SignType): string {
  const keyText = key.reveal();
  const signed = stringToSign(fields);
  return DIGESTS[signType](`${signed}${signed === '' ? '' : '&'}key=${keyText}`, keyText).toUpperCase();
}
