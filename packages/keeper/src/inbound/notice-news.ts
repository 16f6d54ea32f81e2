import type { RefundNotice } from '@orderkeeper/protocol';
import type { RefundReport, TradeReport } from '../core/observation.ts';

/** What a message turned out to be. */
export type ReadNotice =
  /** Signed by WeChat Pay, or with the merchant's key. */
  | { readonly kind: 'payment'; readonly report: TradeReport; readonly content?: string }
  | { readonly kind: 'refund'; readonly report: RefundReport; readonly content: string }
  /** Encrypted with the merchant's key, which is less than signed: a reason to ask, not to believe. */
  | { readonly kind: 'refund-hint'; readonly refund: RefundNotice }
  /** Signed by WeChat Pay, and yet without a number or an amount that could be understood. */
  | { readonly kind: 'unreadable'; readonly message: string }
  /** Signed, and about nothing that this keeper keeps: another sub-merchant, several orders paid together. */
  | { readonly kind: 'for-others'; readonly message: string; readonly content?: string }
  | { readonly kind: 'probe' }
  | { readonly kind: 'unverified'; readonly message: string };
