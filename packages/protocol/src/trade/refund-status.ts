/**
 * WeChat Pay's word for a refund.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_5
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071031
 */
export type RefundStatus = 'SUCCESS' | 'REFUNDCLOSE' | 'PROCESSING' | 'CHANGE';

/** What a refund status means for the merchant. */
export interface RefundStatusRow {
  /** `final` is never left again; `open` may end otherwise, by itself or by what a person does. */
  readonly finality: 'final' | 'open';
  readonly meaning: string;
  /** What to do about it, for a person. */
  readonly remedy: string;
}

/** All refund statuses. */
export const REFUND_STATUSES: Readonly<Record<RefundStatus, RefundStatusRow>> = {
  SUCCESS: { finality: 'final', meaning: 'the money is with the payer', remedy: 'nothing to do' },
  PROCESSING: {
    finality: 'open',
    meaning: 'on its way; a bank card takes up to three working days',
    remedy: 'ask again later',
  },
  REFUNDCLOSE: {
    finality: 'final',
    meaning: 'the refund was closed, the payer got nothing',
    remedy: 'refund again under a new number',
  },
  // Not final, in either protocol: it waits until a person sends it on, and then becomes SUCCESS under the same number.
  CHANGE: {
    finality: 'open',
    meaning: 'the way back to the payer failed, for example because the card is gone; the money is with the merchant',
    remedy: 'send it on by hand in the merchant console (transaction centre) or, in APIv3, as an abnormal refund',
  },
};
