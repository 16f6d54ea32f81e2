import { type Failure, failure, ok, type Result } from '../../values/result.ts';
import { SCHEME } from './rsa.ts';

/** Headers by their names in lower case. */
export type MessageHeaders = Readonly<Record<string, string | undefined>>;

/** What the five `Wechatpay-*` headers of an answer or a notice say. */
export interface WechatpayHeaders {
  /** When WeChat Pay signed, seconds since 1970 in digits; a notice that is sent again is signed again. */
  readonly timestamp: string;
  readonly nonce: string;
  /** Base64, or `WECHATPAY/SIGNTEST/` and anything. */
  readonly signature: string;
  /** Which key signed: `PUB_KEY_ID_` and digits, or the serial of a platform certificate. */
  readonly serial: string;
}

/** Why there is no signature to look at. `header-missing` is also what unsigned answers are refused with. */
export type HeaderReason = 'header-missing' | 'header-malformed';

const NAMES = {
  timestamp: 'wechatpay-timestamp',
  nonce: 'wechatpay-nonce',
  signature: 'wechatpay-signature',
  serial: 'wechatpay-serial',
  signatureType: 'wechatpay-signature-type',
} as const;

interface Form {
  readonly name: string;
  readonly form: RegExp;
  readonly expected: string;
}

const TIMESTAMP: Form = { name: NAMES.timestamp, form: /^[0-9]{1,12}$/, expected: 'seconds since 1970 in digits' };
const NONCE: Form = { name: NAMES.nonce, form: /^[!-~]{1,128}$/, expected: 'one word of at most 128 characters' };
const SIGNATURE: Form = {
  name: NAMES.signature,
  form: /^[!-~]{1,2048}$/,
  expected: 'one word of at most 2048 characters',
};
const SERIAL: Form = {
  name: NAMES.serial,
  form: /^(?:PUB_KEY_ID_[0-9A-Za-z]{1,64}|[0-9A-Fa-f]{1,64})$/,
  expected: 'PUB_KEY_ID_ and digits, or hex digits',
};

/**
 * Reads the headers of an answer or a notice. The type of the signature may be absent, as the pages of the notices do
 * not name it; another type than the one we know is refused.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export function readWechatpayHeaders(headers: MessageHeaders): Result<WechatpayHeaders, HeaderReason> {
  const timestamp = headers[NAMES.timestamp] ?? '';
  const nonce = headers[NAMES.nonce] ?? '';
  const signature = headers[NAMES.signature] ?? '';
  const serial = headers[NAMES.serial] ?? '';
  const wrong =
    whatIsWrong(TIMESTAMP, timestamp) ??
    whatIsWrong(NONCE, nonce) ??
    whatIsWrong(SIGNATURE, signature) ??
    whatIsWrong(SERIAL, serial);
  if (wrong !== undefined) return wrong;
  const type = headers[NAMES.signatureType] ?? '';
  if (type !== '' && type !== SCHEME) return failure('header-malformed', `${NAMES.signatureType} is not ${SCHEME}`);
  return ok({ timestamp, nonce, signature, serial });
}

function whatIsWrong({ name, form, expected }: Form, value: string): Failure<HeaderReason> | undefined {
  if (value === '') {
    return failure('header-missing', `${name} is missing; unsigned answers lack it, and some proxies take it away`);
  }
  return form.test(value) ? undefined : failure('header-malformed', `${name} must be ${expected}`);
}

/** Prints the five headers, names in lower case. */
export const printWechatpayHeaders = (values: WechatpayHeaders): Readonly<Record<string, string>> => ({
  [NAMES.timestamp]: values.timestamp,
  [NAMES.nonce]: values.nonce,
  [NAMES.signature]: values.signature,
  [NAMES.serial]: values.serial,
  [NAMES.signatureType]: SCHEME,
});
