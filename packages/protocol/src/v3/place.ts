import type { Openid, PrepayId } from '../values/numbers.ts';
import { failure, ok, type Result } from '../values/result.ts';
import type { FieldReason } from '../v2/field-table.ts';
import type { Sender } from '../v2/request.ts';
import { tableReader } from './answer.ts';
import { PLACE_CODES } from './codes/payments.ts';
import { openid, optional, prepayId, text } from './json/json-kinds.ts';
import { type JsonDraft, type JsonTable, printJson, type SentJsonTable } from './json/json-table.ts';
import type { V3OperationRow } from './operation.ts';

/** What placing has in common, whatever the product. */
export const PLACING = {
  method: 'POST',
  sender: 'appid-and-mchid',
  success: [200],
  answer: 'signed',
  effect: 'changes',
  afterUnknown: 'repeat',
  codes: PLACE_CODES,
} as const satisfies Partial<V3OperationRow>;

/** Both paths of a product; the service provider's differs in nothing but `partner`. */
export const transactionPaths = (rest: string) => ({
  merchant: `/v3/pay/transactions/${rest}`,
  partner: `/v3/pay/partner/transactions/${rest}`,
});

/** Who pays a JSAPI order: under the caller's appid, or (service providers) under the sub-merchant's. */
export type V3Payer =
  | { readonly openid: Openid; readonly subOpenid?: Openid }
  | { readonly subOpenid: Openid; readonly openid?: never };

type SentPayer = Readonly<Partial<Record<'openid' | 'subOpenid', Openid>>>;

const PAYER: SentJsonTable<SentPayer> = {
  openid: openid('payer.openid'),
  subOpenid: optional(openid)('payer.sub_openid'),
};

const PARTNER_PAYER: SentJsonTable<SentPayer> = {
  openid: optional(openid)('payer.sp_openid'),
  subOpenid: optional(openid)('payer.sub_openid'),
};

/** Prints the payer as the sender's side names it. */
export function printPayer(payer: SentPayer, sender: Sender): Result<JsonDraft, FieldReason> {
  const { openid: own, subOpenid } = payer;
  const sent = { ...(own === undefined ? {} : { openid: own }), ...(subOpenid === undefined ? {} : { subOpenid }) };
  if (sender.subMchid === undefined) {
    if (subOpenid === undefined) return printJson(PAYER, sent);
    return failure('field-invalid', 'payer.sub_openid: is for service providers');
  }
  if (own === undefined && subOpenid === undefined) {
    return failure('field-missing', 'payer.sp_openid or payer.sub_openid is required');
  }
  return printJson(PARTNER_PAYER, sent);
}

/** Puts printed parts into one; a part that was not printed is the failure of the whole. */
export function joinParts(...parts: readonly Result<JsonDraft, FieldReason>[]): Result<JsonDraft, FieldReason> {
  const whole: JsonDraft = {};
  for (const part of parts) {
    if (!part.ok) return part;
    Object.assign(whole, part.value);
  }
  return ok(whole);
}

/** The order was placed; `prepayId` opens the payment in the payer's client and is valid for two hours. */
export interface PrepaidAnswer {
  readonly prepayId: PrepayId;
}

/** The order was placed; `codeUrl` is the content of the QR code, valid for two hours; its form is not to be relied on. */
export interface CodeUrlAnswer {
  readonly codeUrl: string;
}

/**
 * The order was placed; `h5Url` is where the payer's browser is sent, valid for five minutes. Only a `redirect_url` may
 * be added to it.
 */
export interface H5UrlAnswer {
  readonly h5Url: string;
}

const PREPAID: JsonTable<PrepaidAnswer> = { prepayId: prepayId('prepay_id') };
const CODE_URL: JsonTable<CodeUrlAnswer> = { codeUrl: text(512)('code_url') };
const H5_URL: JsonTable<H5UrlAnswer> = { h5Url: text(2048)('h5_url') };

/** Reads the answer of JSAPI and app orders. */
export const readPrepaid = tableReader(PREPAID);
/** Reads the answer of native orders. */
export const readCodeUrl = tableReader(CODE_URL);
/** Reads the answer of H5 orders. */
export const readH5Url = tableReader(H5_URL);
