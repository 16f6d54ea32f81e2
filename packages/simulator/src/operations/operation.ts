import type { Fields } from '@orderkeeper/protocol';
import type { Ledger } from '../ledger/ledger.ts';
import type { SimMerchant, World } from '../world.ts';

/** What an operation says. The gateway turns it into a message. */
export type Outcome =
  /** `result_code` SUCCESS and these fields, in this order. */
  | { readonly kind: 'done'; readonly fields: readonly (readonly [name: string, value: string])[] }
  /** `result_code` FAIL, signed. */
  | { readonly kind: 'failed'; readonly code: string; readonly text: string }
  /** `return_code` FAIL, unsigned, nothing but the text; `errorCode` is the number that bills carry. */
  | { readonly kind: 'refused'; readonly text: string; readonly errorCode?: string }
  /** No answer at all. */
  | { readonly kind: 'silence' }
  /** A text that is no XML. */
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly headers: Readonly<Record<string, string>> };

/** A call that has passed every check of the gateway. */
export interface Desk {
  readonly world: World;
  readonly ledger: Ledger;
  readonly merchant: SimMerchant;
  readonly fields: Fields;
  readonly signType: 'MD5' | 'HMAC-SHA256';
  /** HTTP headers, names in lower case; the newer sandbox listens to one. */
  readonly headers: Readonly<Record<string, string>>;
  readonly nowMs: number;
}

/** How the answers of an operation look. Nothing of it is a contract; it is what captures show. */
export interface AnswerShape {
  /** `switched` follows the switch answerOrder, `nonce-first` has sign before the fields in both settings. */
  readonly order: 'switched' | 'nonce-first' | 'alphabetical';
  /** Fields whose values stand without CDATA. */
  readonly bare: RegExp;
  /** What answers carry beside the documented fields. */
  readonly extras: ReadonlySet<'empty-sub-mch-id' | 'unknown-field' | 'echoed-nonce' | 'sandbox-marks'>;
}

/** One operation of the gateway: where it is found, what it asks of a call, how it answers. */
export interface SimOperation {
  /** `orderquery`; of sandboxes `sandboxnew/orderquery`. */
  readonly name: string;
  readonly path: string;
  readonly certificate: 'needed' | 'not-needed';
  /** `unsigned` answers have no nonce, no sign and no identities either. */
  readonly answer: 'signed' | 'unsigned';
  /** Which table of texts the refusals come from. */
  readonly refusals: 'order' | 'bill' | 'sandbox' | 'sign-key';
  /** Fields that callers sign raw and may send URL-encoded. */
  readonly mayBeUrlEncoded: readonly string[];
  readonly signTypes: 'any' | 'MD5' | 'HMAC-SHA256';
  readonly key: 'merchant' | 'sandbox';
  readonly book: 'production' | 'sandbox-old' | 'sandbox-new';
  /** Fields whose absence or length is checked before the signature, with their largest length. */
  readonly demands: Readonly<Record<string, number>>;
  /** Whether a service provider must name the sub-merchant. */
  readonly subMerchant: 'of-provider' | 'optional';
  readonly shape: AnswerShape;
  /** What the answer says when the platform itself is in trouble. */
  readonly systemErrorText: string;
  readonly run: (desk: Desk) => Outcome;
}

/** Amounts and counts stand bare, all else in CDATA. */
export const BARE_NUMBERS = /^[a-z_]*(?:_fee|_count)(?:_[0-9]+)*$/;

/** What most operations have in common; a row says only what differs. */
export const ORDINARY = {
  certificate: 'not-needed',
  answer: 'signed',
  refusals: 'order',
  signTypes: 'any',
  mayBeUrlEncoded: [],
  key: 'merchant',
  book: 'production',
  demands: { appid: 32, mch_id: 32, nonce_str: 32 },
  subMerchant: 'of-provider',
  shape: { order: 'switched', bare: BARE_NUMBERS, extras: new Set() },
  systemErrorText: '系统超时',
} as const satisfies Partial<SimOperation>;

/** The business went through. */
export const done = (fields: readonly (readonly [string, string])[] = []): Outcome => ({ kind: 'done', fields });

/** The business failed. */
export const failed = (code: string, text: string): Outcome => ({ kind: 'failed', code, text });

/** The message is refused as a whole. */
export const refused = (text: string): Outcome => ({ kind: 'refused', text });

/** The value of a field; empty when it was not sent. */
export const textOf = (desk: Pick<Desk, 'fields'>, name: string): string => desk.fields.get(name) ?? '';
