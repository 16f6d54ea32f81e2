import { type Mchid, parseMchid } from '../../values/numbers.ts';
import { failure, ok, type Result } from '../../values/result.ts';
import { SCHEME } from './rsa.ts';

/** What the header `Authorization` of a request says. */
export interface Authorization {
  readonly mchid: Mchid;
  /** The serial of the merchant's certificate, not of WeChat Pay's. */
  readonly serial: string;
  readonly nonce: string;
  /** Seconds since 1970, in digits. */
  readonly timestamp: string;
  /** Base64. */
  readonly signature: string;
}

/** Why a text is no such header: another scheme, or five parts that are not as they must be. */
export type AuthorizationReason = 'scheme-unknown' | 'malformed';

/**
 * Prints the value of the header `Authorization`.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365344
 */
export const printAuthorization = ({ mchid, serial, nonce, timestamp, signature }: Authorization): string =>
  `${SCHEME} mchid="${mchid}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${serial}"`;

const PART = /^([a-z_]+)="([^"\s]+)"$/;
const NAMES = ['mchid', 'nonce_str', 'signature', 'timestamp', 'serial_no'] as const;

/** Reads the value of the header `Authorization`: each of the five parts once, quoted, in any order. */
export function readAuthorization(header: string): Result<Authorization, AuthorizationReason> {
  const [scheme = '', ...others] = header.split(' ');
  if (scheme !== SCHEME) return failure('scheme-unknown', `Authorization begins with ${SCHEME} and one blank`);
  const parts = new Map<string, string>();
  for (const text of others.join(' ').split(',')) {
    const [, name = '', value = ''] = PART.exec(text) ?? [];
    if (value === '' || parts.has(name)) return MALFORMED;
    parts.set(name, value);
  }
  const [mchid = '', nonce = '', signature = '', timestamp = '', serial = ''] = NAMES.map(
    (name) => parts.get(name) ?? '',
  );
  if ([nonce, signature, serial].includes('')) return MALFORMED;
  const sender = parseMchid(mchid);
  if (!sender.ok || parts.size !== NAMES.length || !/^[0-9]{1,12}$/.test(timestamp)) return MALFORMED;
  return ok({ mchid: sender.value, serial, nonce, timestamp, signature });
}

const MALFORMED = failure(
  'malformed',
  `Authorization needs each of ${NAMES.join(', ')} once, as name="value" with commas between and no blanks`,
);
