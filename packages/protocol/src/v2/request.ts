import type { Appid, Mchid } from '../values/numbers.ts';
import type { Result } from '../values/result.ts';
import type { ApiKey } from '../values/secret.ts';
import type { Fields } from './fields.ts';
import type { OperationRow } from './operation.ts';
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

const SENDERS: Readonly<Record<OperationRow['sender'], (sender: Sender) => RequestSeal['sender']>> = {
  'appid-and-mchid': (sender) => sender,
  'without-sub-appid': ({ appid, mchid, subMchid }) => ({
    appid,
    mchid,
    ...(subMchid === undefined ? {} : { subMchid }),
  }),
  mchid: ({ mchid }) => ({ mchid }),
};

/** What of a sender belongs into the requests of an operation. */
export const senderOf = (operation: Pick<OperationRow, 'sender'>, sender: Sender): RequestSeal['sender'] =>
  SENDERS[operation.sender](sender);

/**
 * Adds sender, nonce and `sign` to an operation's fields and prints them as XML. A field of the operation wins over the
 * sender's, but how the request is signed is the seal's alone. `sign_type` is sent for HMAC-SHA256 only: MD5 is what
 * its absence means.
 */
export function printRequest(fields: Fields, seal: RequestSeal): Result<string, PrintXmlReason> {
  const { sender, nonce, key, signType } = seal;
  const all = new Map<string, string>();
  if (sender.appid !== undefined) all.set('appid', sender.appid);
  all.set('mch_id', sender.mchid);
  if (sender.subAppid !== undefined) all.set('sub_appid', sender.subAppid);
  if (sender.subMchid !== undefined) all.set('sub_mch_id', sender.subMchid);
  all.set('nonce_str', nonce);
  for (const [name, value] of fields) all.set(name, value);
  if (signType === 'MD5') all.delete('sign_type');
  else all.set('sign_type', signType);
  all.set('sign', signFields(all, key, signType));
  return printXml(all);
}
