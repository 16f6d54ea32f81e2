import type { Appid, Mchid } from '../../values/numbers.ts';
import { failure, ok, type Result } from '../../values/result.ts';
import { signFields } from '../sign/sign.ts';
import { type FrontEndSeal, printUnixSeconds } from './seal.ts';

/** A product whose QR code never changes (模式一): the order is placed after the scan. */
export interface NativeLinkRequest {
  readonly appid: Appid;
  readonly mchid: Mchid;
  /** The merchant's own name of the product: 1 to 32 letters, digits and - . _ ~ */
  readonly productId: string;
}

/** How a link is signed: always with MD5, the only way that WeChat Pay describes. */
export type NativeLinkSeal = Omit<FrontEndSeal, 'signType'>;

/** `product_id` or `nonce_str` would have to be escaped in a link, and nobody says whether escapes are signed. */
export type NativeLinkReason = 'unsafe-in-link';

const SAFE_IN_LINK = /^[0-9A-Za-z._~-]{1,32}$/;

/**
 * Prints the `weixin://` link that a product's QR code contains.
 * @see https://pay.weixin.qq.com/wiki/doc/api/native.php?chapter=6_4
 */
export function printNativeLink(request: NativeLinkRequest, seal: NativeLinkSeal): Result<string, NativeLinkReason> {
  const fields = new Map<string, string>([
    ['appid', request.appid],
    ['mch_id', request.mchid],
    ['product_id', request.productId],
    ['time_stamp', printUnixSeconds(seal.atMs)],
    ['nonce_str', seal.nonce],
  ]);
  for (const name of ['product_id', 'nonce_str']) {
    if (!SAFE_IN_LINK.test(fields.get(name) ?? '')) {
      return failure('unsafe-in-link', `${name} must be 1 to 32 letters, digits and - . _ ~ to stand in a link`);
    }
  }
  const parameters = [['sign', signFields(fields, seal.key, 'MD5')], ...fields];
  return ok(`weixin://wxpay/bizpayurl?${parameters.map(([name, value]) => `${name}=${value}`).join('&')}`);
}
