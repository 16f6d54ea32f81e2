import type { Brand } from './brand.ts';
import { failure, ok, type Result } from './result.ts';

/** An amount of money in fen (1 CNY = 100 fen): a whole number from 0 to 2^53 - 1. */
export type Fen = Brand<number, 'Fen'>;

/** Why a text is no amount. */
export type FenReason = 'not-whole-fen' | 'too-large';

/** Only whole-number literals fit: `19.9` and a computed `number` do not compile. */
type WholeLiteral<N extends number> = N extends unknown
  ? `${N}` extends `-${string}`
    ? never
    : `${N}` extends `${bigint}`
      ? N
      : never
  : never;

const WHOLE_NUMBER = /^(?:0|[1-9][0-9]{0,15})$/;
const YUAN_TEXT = /^(-?)([0-9]+)(?:\.([0-9]{1,2})(0*))?$/;

/** The one place where a number becomes an amount. */
const brandFen = (amount: number): Fen => amount as Fen;

/**
 * An amount written in the program: `fen(1990)` is 19.90 CNY. Amounts from outside go through {@link parseFen}.
 * Throws a RangeError where the compiler was got around, or for a literal beyond 2^53 - 1.
 */
export function fen<N extends number>(amount: N & WholeLiteral<N>): Fen {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError('fen takes a whole number from 0 to 2^53 - 1');
  return brandFen(amount);
}

/** Reads fen as on the wire: decimal digits without sign, point or leading zero. */
export function parseFen(text: string): Result<Fen, FenReason> {
  if (!WHOLE_NUMBER.test(text)) {
    return failure('not-whole-fen', 'an amount is a whole number of fen in decimal digits, such as 1990 for 19.90 CNY');
  }
  const amount = Number(text);
  if (!Number.isSafeInteger(amount)) return failure('too-large', 'an amount is at most 9007199254740991 fen');
  return ok(brandFen(amount));
}

/** Reads yuan with up to two decimals as in bills, negative amounts included; exact, no floating point on the way. */
export function parseYuan(text: string): Result<{ readonly sign: 1 | -1; readonly amount: Fen }, FenReason> {
  const match = YUAN_TEXT.exec(text);
  if (match === null) return failure('not-whole-fen', 'an amount in yuan has at most two decimals, such as 19.90');
  const [, minus = '', yuan = '0', decimals = ''] = match;
  const amount = Number(yuan) * 100 + Number(decimals.padEnd(2, '0'));
  if (!Number.isSafeInteger(amount)) return failure('too-large', 'an amount is at most 9007199254740991 fen');
  return ok({ sign: minus === '-' && amount > 0 ? -1 : 1, amount: brandFen(amount) });
}

/** `a + b`; throws a RangeError beyond 2^53 - 1 fen, which no merchant reaches. */
export function addFen(a: Fen, b: Fen): Fen {
  const sum = a + b;
  if (!Number.isSafeInteger(sum)) throw new RangeError('the sum of two amounts is beyond 9007199254740991 fen');
  return brandFen(sum);
}

/** `a - b`, or a failure when the result would be negative. */
export function subtractFen(a: Fen, b: Fen): Result<Fen, 'negative'> {
  return a >= b ? ok(brandFen(a - b)) : failure('negative', `${b} fen cannot be taken from ${a} fen`);
}

/** 1990 becomes `19.90`. */
export function printYuan(amount: Fen): string {
  const digits = String(amount).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
