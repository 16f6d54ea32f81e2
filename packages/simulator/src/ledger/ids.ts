import type { Clock, Random } from '@orderkeeper/ports';
import { printBeijingTime } from '@orderkeeper/protocol';
import type { Ids } from '../world.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Creates the numbers in the shapes observed: 28 digits for a payment (`4200…` and the day), 29 for a refund (`5030…`),
 * 36 characters for a prepay_id. A counter keeps them apart, chance makes them look it.
 */
export function createIds(clock: Clock, random: Random): Ids {
  let counter = 0;
  const day = (): string => printBeijingTime(clock.nowMs()).slice(0, 8);
  const count = (length: number): string => String(++counter % 10 ** length).padStart(length, '0');
  const digits = (length: number): string => Array.from({ length }, () => Math.floor(random.fraction() * 10)).join('');
  const token = (length: number): string =>
    Array.from(random.bytes(length), (byte) => LETTERS[byte % LETTERS.length] ?? '').join('');
  const hex = (byteCount: number): string => Buffer.from(random.bytes(byteCount)).toString('hex');
  return {
    transactionId: () => `4200000${digits(3)}${day()}${digits(2)}${count(8)}`,
    refundId: () => `5030000${digits(3)}${day()}${digits(3)}${count(8)}`,
    prepayId: () => `wx${printBeijingTime(clock.nowMs()).slice(6)}${hex(7)}${count(8)}0000`,
    token,
    openid: () => `o${token(27)}`,
    couponId: () => `2000000${digits(4)}${count(8)}`,
  };
}
