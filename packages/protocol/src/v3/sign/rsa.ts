import { type KeyObject, sign, verify } from 'node:crypto';

/** The one algorithm of APIv3 that this package knows: RSA with PKCS#1 v1.5 padding over SHA-256. */
export const SCHEME = 'WECHATPAY2-SHA256-RSA2048';

const DIGEST = 'RSA-SHA256';

/**
 * Signs a message with a merchant's private key; base64 on one line. It is by far the dearest step
 * of a call, ten times a verification: where many are under way, {@link signMessageAside} leaves the thread free.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export const signMessage = (message: string | Uint8Array, privateKey: KeyObject): string =>
  sign(DIGEST, bytesOf(message), privateKey).toString('base64');

/** The same as {@link signMessage} off the main thread, on one of Node's worker threads. */
export const signMessageAside = (message: string | Uint8Array, privateKey: KeyObject): Promise<string> =>
  new Promise((resolve, reject) => {
    sign(DIGEST, bytesOf(message), privateKey, (error, signature) => {
      if (error === null) resolve(signature.toString('base64'));
      else reject(error);
    });
  });

/**
 * Whether a base64 signature belongs to a message. Base64 that no encoder writes (blanks, missing padding, loose bits at
 * the end) is no signature: otherwise one signature would have many spellings.
 */
export function isSignedBy(message: string | Uint8Array, signature: string, publicKey: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64');
  return bytes.toString('base64') === signature && verify(DIGEST, bytesOf(message), publicKey, bytes);
}

const bytesOf = (message: string | Uint8Array): Uint8Array =>
  typeof message === 'string' ? Buffer.from(message, 'utf8') : message;
