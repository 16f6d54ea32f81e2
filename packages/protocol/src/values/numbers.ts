import type { Brand } from './brand.ts';
import { failure, ok, type Result } from './result.ts';

/** The merchant's number of one attempt, `out_trade_no`. */
export type OutTradeNo = Brand<string, 'OutTradeNo'>;
/** WeChat Pay's number of a payment, `transaction_id`. */
export type TransactionId = Brand<string, 'TransactionId'>;
/** The merchant's number of a refund, `out_refund_no`. */
export type OutRefundNo = Brand<string, 'OutRefundNo'>;
/** WeChat Pay's number of a refund, `refund_id`. */
export type RefundId = Brand<string, 'RefundId'>;
/** What opens the payment in the payer's client, `prepay_id`; valid for two hours. */
export type PrepayId = Brand<string, 'PrepayId'>;
/** The number of a merchant, `mch_id` in v2 and `mchid` in v3. */
export type Mchid = Brand<string, 'Mchid'>;
/** The id of an official account, mini program or app. */
export type Appid = Brand<string, 'Appid'>;
/** A payer under one appid. */
export type Openid = Brand<string, 'Openid'>;

/** Why a text is no such number. */
export type NumberReason = 'length' | 'characters';

interface Rule {
  readonly field: string;
  readonly lengthMin: number;
  readonly lengthMax: number;
  readonly pattern: RegExp;
  readonly alphabet: string;
}

function parserOf<Value extends string>(rule: Rule): (text: string) => Result<Value, NumberReason> {
  const { field, lengthMin, lengthMax, pattern, alphabet } = rule;
  return (text) => {
    if (text.length < lengthMin || text.length > lengthMax) {
      return failure('length', `${field} has ${text.length} characters, allowed are ${lengthMin} to ${lengthMax}`);
    }
    if (!pattern.test(text)) return failure('characters', `${field} may contain only ${alphabet}`);
    return ok(text as Value);
  };
}

/**
 * Reads an `out_trade_no`: 1 to 32 characters. Newer pages ask for at least six, but older orders must stay readable.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_2
 */
export const parseOutTradeNo = parserOf<OutTradeNo>({
  field: 'out_trade_no',
  lengthMin: 1,
  lengthMax: 32,
  pattern: /^[0-9A-Za-z_\-|*@]+$/,
  alphabet: 'digits, letters and _ - | * @',
});

/** Reads a `transaction_id`: 1 to 32 digits and letters. */
export const parseTransactionId = parserOf<TransactionId>({
  field: 'transaction_id',
  lengthMin: 1,
  lengthMax: 32,
  pattern: /^[0-9A-Za-z]+$/,
  alphabet: 'digits and letters',
});

/** Reads an `out_refund_no`: 1 to 64 characters. */
export const parseOutRefundNo = parserOf<OutRefundNo>({
  field: 'out_refund_no',
  lengthMin: 1,
  lengthMax: 64,
  pattern: /^[0-9A-Za-z_\-|*@]+$/,
  alphabet: 'digits, letters and _ - | * @',
});

/** Reads a `refund_id`: 1 to 32 digits and letters. */
export const parseRefundId = parserOf<RefundId>({
  field: 'refund_id',
  lengthMin: 1,
  lengthMax: 32,
  pattern: /^[0-9A-Za-z]+$/,
  alphabet: 'digits and letters',
});

/** Reads a `prepay_id`: 1 to 64 characters without blanks. */
export const parsePrepayId = parserOf<PrepayId>({
  field: 'prepay_id',
  lengthMin: 1,
  lengthMax: 64,
  pattern: /^[!-~]+$/,
  alphabet: 'printable ASCII characters without blanks',
});

/** Reads a merchant number: 1 to 32 digits. */
export const parseMchid = parserOf<Mchid>({
  field: 'mch_id',
  lengthMin: 1,
  lengthMax: 32,
  pattern: /^[0-9]+$/,
  alphabet: 'digits',
});

/** Reads an appid: 1 to 32 digits and letters; observed are `wx` and 16 more. */
export const parseAppid = parserOf<Appid>({
  field: 'appid',
  lengthMin: 1,
  lengthMax: 32,
  pattern: /^[0-9A-Za-z]+$/,
  alphabet: 'digits and letters',
});

/** Reads an openid: 1 to 128 characters of the URL-safe base64 alphabet. */
export const parseOpenid = parserOf<Openid>({
  field: 'openid',
  lengthMin: 1,
  lengthMax: 128,
  pattern: /^[0-9A-Za-z_-]+$/,
  alphabet: 'digits, letters, _ and -',
});
