import type { Openid } from '../../values/numbers.ts';
import { AUTHCODETOOPENID_CODES } from '../codes/authcodetoopenid.ts';
import { openid, optional, text } from '../field-kinds.ts';
import { type FieldTable, printFields, readFields } from '../field-table.ts';
import type { Operation } from '../operation.ts';

/** Asks who shows a payment code. */
export interface AuthcodetoopenidRequest {
  readonly authCode: string;
}

/** The payer. */
export interface AuthcodetoopenidAnswer {
  readonly openid: Openid;
  /** For service providers with a sub-merchant's appid. */
  readonly subOpenid?: Openid;
}

const REQUEST: FieldTable<AuthcodetoopenidRequest> = { authCode: text(128)('auth_code') };

const ANSWER: FieldTable<AuthcodetoopenidAnswer> = {
  openid: openid('openid'),
  subOpenid: optional(openid)('sub_openid'),
};

/**
 * 授权码查询openid: afterwards only this merchant can charge the code, until the payer refreshes it.
 * @see https://pay.weixin.qq.com/wiki/doc/api/micropay.php?chapter=9_13
 */
export const authcodetoopenid: Operation<AuthcodetoopenidRequest, AuthcodetoopenidAnswer> = {
  name: 'authcodetoopenid',
  path: '/tools/authcodetoopenid',
  clientCertificate: 'not-needed',
  answer: 'signed',
  signType: 'merchant',
  sender: 'appid-and-mchid',
  effect: 'reads',
  afterUnknown: 'repeat',
  codes: AUTHCODETOOPENID_CODES,
  printRequest: (request) => printFields(REQUEST, request),
  readAnswer: (fields) => readFields(ANSWER, fields),
};
