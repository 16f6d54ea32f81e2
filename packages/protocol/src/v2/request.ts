import type { Appid, Mchid } from '../values/numbers.ts';
import { ok, type Result } from '../values/result.ts';
import type { ApiKey } from '../values/secret.ts';
import type { Fields } from './fields.ts';
import { type SignType, signFields } from './sign/sign.ts';
import { printXml, type PrintXmlReason } from './xml/print-xml.ts';

/** Who sends a request: the fields that every operation has in common. */
export interface Sender {
  readonly appid: Appid;
  readonly mchid: Mchid;
  /** For service providers: on whose behalf. */
  readonly subAppid?: Appid;
  readonly subMchid?: Mchid;
}

/** Everything {@link printRequest} needs beside the operation's own fields. */
export interface RequestSeal {
  readonly sender: Partial<Sender> & Pick<Sender, 'mchid'>;
  /** At most 32 characters, fresh for every request. */
  readonly nonce: string;
  readonly key: ApiKey;
  readonly signType: SignType;
}

/**
 * Adds sender, nonce and `sign` to an operation's fields and prints them as XML.
 * `sign_type` is sent for HMAC-SHA256 only: MD5 is what its absence means.
 */
export function printRequest(fields: Fields, seal: RequestSeal): Result<string, PrintXmlReason> {
  const { sender, nonce, key, signType } = seal;
  const all = new Map<string, string>();
  if (sender.appid !== undefined) all.set('appid', sender.appid);
  all.set('mch_id', sender.mchid);
  if (sender.subAppid !== undefined) all.set('sub_appid', sender.subAppid);
  if (sender.subMchid !== undefined) all.set('sub_mch_id', sender.subMchid);
  all.set('nonce_str', nonce);
  if (signType !== 'MD5') all.set('sign_type', signType);
  for (const [name, value] of fields) all.set(name, value);
  all.set('sign', signFields(all, key, signType));
  const xml = printXml(all);
  return xml.ok ? ok(xml.value) : xml;
}
