import type { Appid, Mchid, Openid, PrepayId } from '../../values/numbers.ts';
import { ok, type Result } from '../../values/result.ts';
import type { ApiKey } from '../../values/secret.ts';
import { appid, mchid, openid, optional, text } from '../field-kinds.ts';
import { type FieldReason, type FieldTable, readFields } from '../field-table.ts';
import type { Fields } from '../fields.ts';
import { type SignType, signFields } from '../sign/sign.ts';
import { type VerifyReason, verifyFields } from '../sign/verify.ts';
import { printXml, type PrintXmlReason } from '../xml/print-xml.ts';
import { readXml, type XmlReason } from '../xml/read-xml.ts';

/** Someone scanned the QR code of a product; WeChat Pay waits for an order. */
export interface NativeCallback {
  readonly appid: Appid;
  readonly mchid: Mchid;
  readonly openid: Openid;
  readonly productId: string;
  readonly isSubscribe?: string;
  readonly nonce: string;
  readonly signType: SignType;
  readonly fields: Fields;
}

/** Why a body is no callback of a scanned product. */
export type NativeCallbackReason = XmlReason | VerifyReason | FieldReason;

const CALLBACK: FieldTable<Omit<NativeCallback, 'signType' | 'fields'>> = {
  appid: appid('appid'),
  mchid: mchid('mch_id'),
  openid: openid('openid'),
  productId: text(32)('product_id'),
  isSubscribe: optional(text(1))('is_subscribe'),
  nonce: text(32)('nonce_str'),
};

/**
 * Reads and verifies the callback of a scanned product (模式一). Place the order with trade type NATIVE and the same
 * product id, then answer with {@link printNativeReply}.
 * @see https://pay.weixin.qq.com/wiki/doc/api/native.php?chapter=6_4
 */
export function readNativeCallback(body: Uint8Array, key: ApiKey): Result<NativeCallback, NativeCallbackReason> {
  const document = readXml(body);
  if (!document.ok) return document;
  const fields = document.value;
  const signType = verifyFields(fields, key);
  if (!signType.ok) return signType;
  const callback = readFields(CALLBACK, fields);
  return callback.ok ? ok({ ...callback.value, signType: signType.value, fields }) : callback;
}

/** The answer to a callback: what to pay, or why not, which the payer sees. */
export type NativeReply = {
  readonly appid: Appid;
  readonly mchid: Mchid;
  /** At most 32 letters and digits. */
  readonly nonce: string;
} & (
  | { readonly prepayId: PrepayId; readonly errCodeDes?: never }
  | { readonly errCodeDes: string; readonly prepayId?: never }
);

/**
 * Prints the answer to a callback. Unlike the answer to a notice it is signed.
 * @see https://pay.weixin.qq.com/wiki/doc/api/native.php?chapter=6_4
 */
export function printNativeReply(reply: NativeReply, key: ApiKey): Result<string, PrintXmlReason> {
  const fields = new Map<string, string>([
    ['return_code', 'SUCCESS'],
    ['appid', reply.appid],
    ['mch_id', reply.mchid],
    ['nonce_str', reply.nonce],
  ]);
  if (reply.prepayId !== undefined) fields.set('prepay_id', reply.prepayId);
  fields.set('result_code', reply.prepayId === undefined ? 'FAIL' : 'SUCCESS');
  if (reply.errCodeDes !== undefined) fields.set('err_code_des', reply.errCodeDes);
  fields.set('sign', signFields(fields, key, 'MD5'));
  return printXml(fields, { cdata: 'always', separator: '\n' });
}
