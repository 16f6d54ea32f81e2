import { hash } from 'node:crypto';
import { checkFields } from './check-fields.ts';
import { type Desk, done, ORDINARY, type Outcome, type SimOperation, textOf } from './operation.ts';

const LONG_URL = { need: 'required', lengthMax: 1024, pattern: /^weixin(?:%3A|:)/i } as const;

function run(desk: Desk): Outcome {
  const fault = checkFields({ long_url: LONG_URL }, desk.fields);
  if (fault !== undefined) return fault;
  return done([['short_url', `weixin://wxpay/s/${hash('sha256', textOf(desk, 'long_url'), 'base64url').slice(0, 7)}`]]);
}

/**
 * 转换短链接, for links of NATIVE mode 1. The link is signed raw and sent URL-encoded.
 * @see https://pay.weixin.qq.com/wiki/doc/api/native.php?chapter=9_9
 */
export const shorturl: SimOperation = {
  ...ORDINARY,
  name: 'shorturl',
  path: '/tools/shorturl',
  mayBeUrlEncoded: ['long_url'],
  subMerchant: 'optional',
  run,
};
