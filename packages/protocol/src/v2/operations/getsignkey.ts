import { ok } from '../../values/result.ts';
import type { ApiKey } from '../../values/secret.ts';
import { EVERYWHERE } from '../codes/everywhere.ts';
import { apiKey } from '../field-kinds.ts';
import { type FieldTable, readFields } from '../field-table.ts';
import type { Operation } from '../operation.ts';

/** Asks for the key of a sandbox; the merchant's number, a nonce and the sign of the real key say everything. */
export type GetsignkeyRequest = Readonly<Record<never, never>>;

/** What signs and verifies all other calls to the sandbox. */
export interface GetsignkeyAnswer {
  readonly sandboxSignkey: ApiKey;
}

const ANSWER: FieldTable<GetsignkeyAnswer> = { sandboxSignkey: apiKey('sandbox_signkey') };

/**
 * The key of the old sandbox (`/sandboxnew/…`), which knows MD5 only.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=23_1
 */
export const getsignkey: Operation<GetsignkeyRequest, GetsignkeyAnswer> = {
  name: 'getsignkey',
  path: '/sandboxnew/pay/getsignkey',
  clientCertificate: 'not-needed',
  answer: 'unsigned',
  signType: 'MD5',
  sender: 'mchid',
  effect: 'reads',
  afterUnknown: 'repeat',
  codes: EVERYWHERE,
  printRequest: () => ok(new Map()),
  readAnswer: (fields) => readFields(ANSWER, fields),
};

/**
 * The key of the new sandbox (`/xdc/apiv2sandbox/…`), which has micropay and orderquery.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=23_1
 */
export const apiv2getsignkey: Operation<GetsignkeyRequest, GetsignkeyAnswer> = {
  ...getsignkey,
  name: 'apiv2getsignkey',
  path: '/xdc/apiv2getsignkey/sign/getsignkey',
};
