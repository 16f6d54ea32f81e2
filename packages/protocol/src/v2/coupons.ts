import { type Fen, parseFen } from '../values/fen.ts';
import { failure, ok, type Result } from '../values/result.ts';
import type { FieldReason } from './field-table.ts';
import type { Fields } from './fields.ts';

/** One coupon (代金券) used for a payment. Real answers leave out any part of it. */
export interface Coupon {
  readonly couponId?: string;
  /** `CASH` was bought (充值), `NO_CASH` is not settled to the merchant (免充值). */
  readonly type?: 'CASH' | 'NO_CASH';
  readonly couponFen?: Fen;
}

/** Indexes found on the wire may have gaps; this bounds what one message can make us do. */
const COUPON_INDEX = /^coupon_(?:id|type|fee)_([0-9]{1,3})$/;

/** Reads `coupon_id_$n`, `coupon_type_$n` and `coupon_fee_$n` into a list in the order of their index. */
export function readCoupons(fields: Fields): Result<readonly Coupon[], FieldReason> {
  const indexes = new Set<number>();
  for (const name of fields.keys()) {
    const index = COUPON_INDEX.exec(name)?.[1];
    if (index !== undefined) indexes.add(Number(index));
  }
  const coupons: Coupon[] = [];
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const couponId = fields.get(`coupon_id_${index}`) ?? '';
    const type = fields.get(`coupon_type_${index}`);
    const feeText = fields.get(`coupon_fee_${index}`) ?? '';
    const fee = feeText === '' ? undefined : parseFen(feeText);
    if (fee?.ok === false) return failure('field-invalid', `coupon_fee_${index}: ${fee.message}`);
    coupons.push({
      ...(couponId === '' ? {} : { couponId }),
      ...(type === 'CASH' || type === 'NO_CASH' ? { type } : {}),
      ...(fee === undefined ? {} : { couponFen: fee.value }),
    });
  }
  return ok(coupons);
}
