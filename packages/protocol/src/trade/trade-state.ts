/** The words for all trade states, as both protocols write them. */
export const TRADE_STATE_WORDS = [
  'SUCCESS',
  'REFUND',
  'NOTPAY',
  'CLOSED',
  'REVOKED',
  'USERPAYING',
  'PAYERROR',
  'ACCEPT',
] as const;

/**
 * WeChat Pay's word for an attempt.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_2
 */
export type TradeState = (typeof TRADE_STATE_WORDS)[number];

/** What a trade state means for the merchant. */
export interface TradeStateRow {
  /** `final` may still move from SUCCESS to REFUND or REVOKED, never back to unpaid. */
  readonly finality: 'final' | 'open';
  readonly money: 'received' | 'not-received' | 'returned';
  readonly meaning: string;
}

/** All trade states. */
export const TRADE_STATES: Readonly<Record<TradeState, TradeStateRow>> = {
  SUCCESS: { finality: 'final', money: 'received', meaning: 'paid' },
  REFUND: {
    finality: 'final',
    money: 'received',
    meaning: 'paid, and at least one refund was asked for; ask refundquery how much',
  },
  NOTPAY: { finality: 'open', money: 'not-received', meaning: 'placed, not paid' },
  CLOSED: { finality: 'final', money: 'not-received', meaning: 'closed, cannot be paid any more' },
  REVOKED: { finality: 'final', money: 'returned', meaning: 'micropay order reversed; what was paid went back' },
  USERPAYING: { finality: 'open', money: 'not-received', meaning: 'the payer is entering the password' },
  PAYERROR: { finality: 'final', money: 'not-received', meaning: 'the payment failed' },
  ACCEPT: { finality: 'open', money: 'not-received', meaning: 'accepted, waiting for the deduction' },
};
