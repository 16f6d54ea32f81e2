import { createCipheriv, createDecipheriv, hash } from 'node:crypto';
import { failure, ok, type Result } from '../../values/result.ts';
import type { ApiKey } from '../../values/secret.ts';
import type { Fields } from '../fields.ts';
import { readXml } from '../xml/read-xml.ts';

/**
 * One reason for everything that can be wrong inside: which step failed is of no use to an honest sender, and would
 * help a dishonest one to try padding after padding.
 */
export type ReqInfoReason = 'req-info-unreadable';

const ALGORITHM = 'aes-256-ecb';
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The AES key is the text of the digest: 32 lower-case hex digits as ASCII, not the 16 bytes they stand for. */
const aesKeyOf = (key: ApiKey): string => hash('md5', key.reveal(), 'hex');

/**
 * Decrypts the `req_info` of a refund notice: base64, AES-256-ECB with PKCS#7 padding, then flat XML with the root
 * element `root`.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_16
 */
export function decryptReqInfo(reqInfo: string, key: ApiKey): Result<Fields, ReqInfoReason> {
  const unreadable = failure(
    'req-info-unreadable',
    'req_info does not decrypt to XML; check the API key of this merchant',
  );
  const base64 = reqInfo.replaceAll(/[\r\n]/g, '');
  if (base64.length % 4 !== 0 || !BASE64.test(base64)) return unreadable;
  let plain: Buffer;
  try {
    const decipher = createDecipheriv(ALGORITHM, aesKeyOf(key), null);
    plain = Buffer.concat([decipher.update(base64, 'base64'), decipher.final()]);
  } catch {
    return unreadable;
  }
  const document = readXml(plain, { root: 'root' });
  return document.ok ? ok(document.value) : unreadable;
}

/** Encrypts XML with the root element `root` into a `req_info`, as WeChat Pay does before it sends a refund notice. */
export function encryptReqInfo(xml: string, key: ApiKey): string {
  const cipher = createCipheriv(ALGORITHM, aesKeyOf(key), null);
  return cipher.update(xml, 'utf8', 'base64') + cipher.final('base64');
}
