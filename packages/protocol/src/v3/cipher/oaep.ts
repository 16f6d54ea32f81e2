import { constants, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto';
import { failure, ok, type Result } from '../../values/result.ts';

/** Why a field cannot be encrypted. */
export type EncryptFieldReason = 'too-long';

/** Why an encrypted field cannot be read; one reason for everything, as in every decryption. */
export type DecryptFieldReason = 'encrypted-field-unreadable';

/** SHA-1 is what the guides and all official code use for the padding; its weakness does not touch OAEP. */
const PADDING = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' } as const;

/** Two digests of SHA-1 and two bytes of the modulus are the padding's. */
const PADDING_BYTES = 42;

const UNREADABLE = failure(
  'encrypted-field-unreadable',
  'the encrypted field does not open with this private key; it may have been encrypted for another certificate',
);

/**
 * Encrypts a sensitive field for WeChat Pay with RSA-OAEP: base64 of at most 214 UTF-8 bytes with a key of 2048 bits.
 * Say in the header `Wechatpay-Serial` whose key it was. The padding is random, by Node's own source: the same text
 * never looks the same twice.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export function encryptField(text: string, publicKey: KeyObject): Result<string, EncryptFieldReason> {
  const plain = Buffer.from(text, 'utf8');
  const bytesMax = (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8 - PADDING_BYTES;
  if (plain.length > bytesMax) {
    return failure('too-long', `has ${plain.length} UTF-8 bytes, encrypted can be at most ${bytesMax}`);
  }
  return ok(publicEncrypt({ key: publicKey, ...PADDING }, plain).toString('base64'));
}

/**
 * Decrypts a sensitive field of an answer with the merchant's private key.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053265
 */
export function decryptField(ciphertext: string, privateKey: KeyObject): Result<string, DecryptFieldReason> {
  const bytes = Buffer.from(ciphertext, 'base64');
  if (bytes.toString('base64') !== ciphertext) return UNREADABLE;
  try {
    return ok(privateDecrypt({ key: privateKey, ...PADDING }, bytes).toString('utf8'));
  } catch {
    return UNREADABLE;
  }
}
