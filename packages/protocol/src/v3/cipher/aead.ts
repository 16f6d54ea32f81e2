import { createCipheriv, createDecipheriv } from 'node:crypto';
import { failure, ok, type Result } from '../../values/result.ts';
import type { ApiV3Key } from '../../values/secret.ts';

/** The name of the cipher on the wire. */
export const AEAD_ALGORITHM = 'AEAD_AES_256_GCM';

/** A sealed text as notices and certificates carry it. */
export interface SealedText {
  /** Base64 of the cipher text and its tag of 16 bytes. */
  readonly ciphertext: string;
  /** Observed are 12 characters; documented are up to 32. */
  readonly nonce: string;
  /** Vouched for, but not secret: `transaction`, `refund`, `certificate`, or empty. */
  readonly associatedData: string;
}

/**
 * One reason for everything that can be wrong: which step failed is of no use to an honest sender. The most frequent
 * cause is that the key is that of v2.
 */
export type AeadReason = 'sealed-text-unreadable';

const CIPHER = 'aes-256-gcm';
const TAG_BYTES = 16;

const UNREADABLE = failure(
  'sealed-text-unreadable',
  'the sealed text does not open with the APIv3 key of this merchant; check that it is not the API key of v2',
);

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Opens a text sealed with AEAD_AES_256_GCM. What it returns was sealed by someone who has the key, unchanged.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012071382
 */
export function openSealedText(
  { ciphertext, nonce, associatedData }: SealedText,
  key: ApiV3Key,
): Result<string, AeadReason> {
  const bytes = Buffer.from(ciphertext, 'base64');
  if (bytes.length < TAG_BYTES || bytes.toString('base64') !== ciphertext) return UNREADABLE;
  try {
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv(CIPHER, key.reveal(), Buffer.from(nonce, 'utf8'), options);
    decipher.setAAD(Buffer.from(associatedData, 'utf8')).setAuthTag(bytes.subarray(-TAG_BYTES));
    const opened = Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
    return ok(decoder.decode(opened));
  } catch {
    return UNREADABLE;
  }
}

/**
 * Seals a text as WeChat Pay does. A nonce must never be used twice with one key. Throws where Node refuses the nonce:
 * it may not be empty.
 */
export function sealText(
  text: string,
  { nonce, associatedData }: Pick<SealedText, 'nonce' | 'associatedData'>,
  key: ApiV3Key,
): SealedText {
  const options = { authTagLength: TAG_BYTES };
  const cipher = createCipheriv(CIPHER, key.reveal(), Buffer.from(nonce, 'utf8'), options);
  cipher.setAAD(Buffer.from(associatedData, 'utf8'));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { ciphertext: sealed.toString('base64'), nonce, associatedData };
}
