import { fen } from '../../values/fen.ts';
import { parseAppid, parseMchid, parseOpenid, parseOutTradeNo } from '../../values/numbers.ts';
import type { Result } from '../../values/result.ts';
import type { V3Request } from '../operation.ts';
import { valueOf } from '../vectors.suite.ts';

/** A merchant that sends for itself. */
export const MERCHANT = {
  appid: valueOf(parseAppid('wxd678efh567hg6787')),
  mchid: valueOf(parseMchid('1900000001')),
};

/** A service provider that sends for a sub-merchant. */
export const PROVIDER = { ...MERCHANT, subMchid: valueOf(parseMchid('1900000109')) };
/** The same where the sub-merchant has an appid of its own. */
export const PROVIDER_WITH_APPID = { ...PROVIDER, subAppid: valueOf(parseAppid('wxd678efh567hg6999')) };

/** The order number of the vectors. */
export const OUT_TRADE_NO = valueOf(parseOutTradeNo('ORDER20260101001'));
/** A payer. */
export const OPENID = valueOf(parseOpenid('oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'));

/** The order of vector R3. */
export const ORDER = {
  outTradeNo: OUT_TRADE_NO,
  description: 'Image形象店-深圳腾大-QQ公仔',
  totalFen: fen(100),
  notifyUrl: 'https://shop.example.com/wxpay/notify',
} as const;

/** The members of a printed body. */
export const bodyOf = (printed: Result<V3Request, string>): unknown => {
  const { body } = valueOf(printed);
  return body === '' ? undefined : JSON.parse(body);
};
