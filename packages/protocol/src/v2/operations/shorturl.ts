import { failure } from '../../values/result.ts';
import { EVERYWHERE } from '../codes/everywhere.ts';
import { type MakeSent, text } from '../field-kinds.ts';
import { type FieldTable, printFields, readFields, type SentTable } from '../field-table.ts';
import type { Operation } from '../operation.ts';

/** Shortens the link of a QR code. */
export interface ShorturlRequest {
  /** A link of NATIVE mode 1, `weixin://wxpay/bizpayurl?…`. */
  readonly longUrl: string;
}

/** The short link. */
export interface ShorturlAnswer {
  readonly shortUrl: string;
}

/**
 * The link is signed as it is and, say the documents, sent URL-encoded. A link in which decoding changes nothing may be
 * sent as it is, to a gateway that decodes and to one that does not; links of mode 1 are of that kind.
 */
const longUrl: MakeSent<string> = (wire) => ({
  wire,
  need: 'required',
  print: (value) =>
    /[%+]/.test(value)
      ? failure('encoded', 'must not contain % or +; use a product_id of letters and digits')
      : text(512)(wire).print(value),
});

const REQUEST: SentTable<ShorturlRequest> = { longUrl: longUrl('long_url') };

const ANSWER: FieldTable<ShorturlAnswer> = { shortUrl: text(64)('short_url') };

/**
 * 转换短链接.
 * @see https://pay.weixin.qq.com/wiki/doc/api/native.php?chapter=9_9
 */
export const shorturl: Operation<ShorturlRequest, ShorturlAnswer> = {
  name: 'shorturl',
  path: '/tools/shorturl',
  clientCertificate: 'not-needed',
  answer: 'signed',
  signType: 'merchant',
  sender: 'appid-and-mchid',
  effect: 'reads',
  afterUnknown: 'repeat',
  codes: EVERYWHERE,
  printRequest: (request) => printFields(REQUEST, request),
  readAnswer: (fields) => readFields(ANSWER, fields),
};
