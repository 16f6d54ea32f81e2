import { hash } from 'node:crypto';
import { failure, ok, type Result } from '../values/result.ts';
import { BILL_V3_CODES } from './codes/others.ts';
import { oneOf, text } from './json/json-kinds.ts';
import type { JsonTable } from './json/json-table.ts';
import type { V3OperationRow } from './operation.ts';

/** What asking for any bill has in common. */
export const BILL_ROW = {
  method: 'GET',
  success: [200],
  answer: 'signed',
  effect: 'reads',
  afterUnknown: 'repeat',
  codes: BILL_V3_CODES,
} as const satisfies Partial<V3OperationRow>;

/** Where the file of a bill lies, and how to know that it arrived whole. */
export interface BillAddress {
  /** Good for five minutes, and for the merchant that asked. */
  readonly downloadUrl: string;
  readonly hashType: 'SHA1';
  /** Hex digits, over the bill as text: a packed file is unpacked first. */
  readonly hashValue: string;
}

/** The members of {@link BillAddress}. */
export const BILL_ADDRESS: JsonTable<BillAddress> = {
  downloadUrl: text(2048)('download_url'),
  hashType: oneOf<'SHA1'>('SHA1')('hash_type'),
  hashValue: text(1024)('hash_value'),
};

/** The file is not the one that was promised. */
export type BillHashReason = 'bill-hash-mismatch';

/**
 * Holds a bill against its hash. Nobody signs the file; the signed answer that named the hash is what vouches for it.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071238
 */
export function checkBillHash(
  bill: Uint8Array,
  { hashValue }: Pick<BillAddress, 'hashType' | 'hashValue'>,
): Result<Uint8Array, BillHashReason> {
  if (hash('sha1', bill, 'hex') === hashValue.toLowerCase()) return ok(bill);
  return failure(
    'bill-hash-mismatch',
    `the bill of ${bill.length} bytes is not the one that its hash names; a packed bill is unpacked before it is checked, otherwise ask for it again`,
  );
}
