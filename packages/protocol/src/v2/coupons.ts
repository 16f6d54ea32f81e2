import type { Fen } from '../values/fen.ts';
import { fenAmount, oneOf, optional, text } from './field-kinds.ts';
import { type FieldTable, readFields } from './field-table.ts';
import type { Fields } from './fields.ts';
import { type IndexedRow, indexedRows, wireNames } from './indexed-rows.ts';

/** `CASH` was bought (充值), `NO_CASH` is not settled to the merchant (免充值). */
export type CouponType = 'CASH' | 'NO_CASH';

/** One coupon (代金券) used for a payment. Real answers leave out any part of it. */
export interface Coupon {
  readonly couponId?: string;
  readonly type?: CouponType;
  readonly couponFen?: Fen;
}

/** What of one coupon went back with a refund. */
export interface RefundCoupon {
  /** The coupon's id, `coupon_refund_id`. */
  readonly couponId?: string;
  /** In old answers only. */
  readonly batchId?: string;
  readonly type?: CouponType;
  readonly refundFen?: Fen;
}

/** Nothing of a coupon is essential: the order's own amounts say what was paid. */
const COUPON: FieldTable<Coupon> = {
  couponId: optional(text(20))('coupon_id'),
  type: optional(oneOf<CouponType>('CASH', 'NO_CASH'))('coupon_type'),
  couponFen: optional(fenAmount)('coupon_fee'),
};

const REFUND_COUPON: FieldTable<RefundCoupon> = {
  couponId: optional(text(20))('coupon_refund_id'),
  batchId: optional(text(20))('coupon_refund_batch_id'),
  type: optional(oneOf<CouponType>('CASH', 'NO_CASH'))('coupon_type'),
  refundFen: optional(fenAmount)('coupon_refund_fee'),
};

const COUPON_NAMES = wireNames(COUPON);
const REFUND_COUPON_NAMES = wireNames(REFUND_COUPON);

function read<Row extends object>(table: FieldTable<Row>, rows: readonly IndexedRow[]): readonly Row[] {
  return rows.flatMap((row) => {
    const coupon = readFields(table, row.fields);
    return coupon.ok && Object.keys(coupon.value).length > 0 ? [coupon.value] : [];
  });
}

/** Reads `coupon_id_$n`, `coupon_type_$n` and `coupon_fee_$n` into a list in the order of their index. */
export function readCoupons(fields: Fields): readonly Coupon[] {
  return read(COUPON, indexedRows(fields, COUPON_NAMES));
}

/** Reads the coupons of record `record` of a refund query: `coupon_refund_id_$n_$m` and the like. */
export function readRecordCoupons(fields: Fields, record: number): readonly RefundCoupon[] {
  return read(REFUND_COUPON, indexedRows(fields, REFUND_COUPON_NAMES, record));
}

/**
 * Reads the coupons of a refund's answer: `coupon_refund_id_$n` and the like, or in the old spelling those of record 0
 * with two indexes, where `coupon_refund_fee_$n` is a sum and no coupon.
 */
export function readRefundCoupons(fields: Fields): readonly RefundCoupon[] {
  const inOldSpelling = readRecordCoupons(fields, 0);
  return inOldSpelling.length > 0 ? inOldSpelling : read(REFUND_COUPON, indexedRows(fields, REFUND_COUPON_NAMES));
}
