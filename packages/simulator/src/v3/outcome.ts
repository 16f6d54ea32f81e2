import type { JsonObject } from './json.ts';

/** What an operation of APIv3 says. The gateway turns it into an answer. */
export type V3Outcome =
  | { readonly kind: 'done'; readonly status: 200 | 202; readonly body: JsonObject }
  /** 204: an empty body, signed all the same. */
  | { readonly kind: 'empty' }
  | V3Failure
  /** Bytes that are not signed. */
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly contentType: string };

/** An error with its status, code and the number behind the Request-ID. */
export interface V3Failure {
  readonly kind: 'failed';
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly detail?: JsonObject;
  readonly subCode: number;
}

/** The codes that stand in one place only, with their status and the number that the Request-ID most likely carries. */
const CODES = {
  PARAM_ERROR: [400, 268_435_461],
  INVALID_REQUEST: [400, 268_447_843],
  APPID_MCHID_NOT_MATCH: [400, 268_445_527],
  MCH_NOT_EXISTS: [400, 268_443_715],
  ORDER_PAID: [400, 268_449_538],
  ORDER_CLOSED: [400, 268_447_914],
  NO_STATEMENT_EXIST: [400, 270_522_881],
  STATEMENT_CREATING: [400, 270_522_882],
  SIGN_ERROR: [401, 268_443_699],
  NO_AUTH: [403, 268_443_701],
  NOT_ENOUGH: [403, 268_892_709],
  OUT_TRADE_NO_USED: [403, 268_498_688],
  RULE_LIMIT: [403, 268_447_840],
  TRADE_ERROR: [403, 268_449_641],
  ORDER_NOT_EXIST: [404, 268_512_771],
  RESOURCE_NOT_EXISTS: [404, 268_875_782],
  FREQUENCY_LIMITED: [429, 268_447_840],
  OPENID_MISMATCH: [500, 268_435_461],
  SYSTEM_ERROR: [500, 268_435_456],
  BANK_ERROR: [500, 268_435_456],
} as const satisfies Readonly<Record<string, readonly [status: number, subCode: number]>>;

/** A code of APIv3 in the spelling of today. */
export type V3Code = keyof typeof CODES;

/** What else an error says; `subCode` where the usual one of the code does not fit. */
export interface FailureMore {
  readonly detail?: JsonObject;
  readonly subCode?: number;
  readonly status?: number;
}

/** An error. */
export function v3Failed(code: V3Code, message: string, more: FailureMore = {}): V3Failure {
  const [status, subCode] = CODES[code];
  return { kind: 'failed', status, code, message, subCode, ...more };
}

/** 200 with a body. */
export const v3Done = (body: JsonObject, status: 200 | 202 = 200): V3Outcome => ({ kind: 'done', status, body });

/** 204. */
export const V3_EMPTY: V3Outcome = { kind: 'empty' };

const OLD_SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['ORDER_NOT_EXIST', 'ORDERNOTEXIST'],
  ['NO_AUTH', 'NOAUTH'],
  ['RULE_LIMIT', 'RULELIMIT'],
  ['SYSTEM_ERROR', 'SYSTEMERROR'],
  ['BANK_ERROR', 'BANKERROR'],
  ['ORDER_PAID', 'ORDERPAID'],
]);

/** A code as the pages before 2023, and those of combined orders still, write it. */
export const oldSpelling = (code: string): string => OLD_SPELLINGS.get(code) ?? code;
