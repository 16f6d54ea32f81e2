import type { Fen, OutRefundNo, OutTradeNo } from '@orderkeeper/protocol';
import type { Refund } from '../core/order.ts';

/** A refund in the words that both protocols have for it. */
export interface RefundCall {
  readonly outTradeNo: OutTradeNo;
  readonly outRefundNo: OutRefundNo;
  readonly refundFen: Fen;
  readonly totalFen: Fen;
  readonly notifyUrl: string;
  readonly refundDesc?: string;
}

/** The call of a refund: the same content every time, as the same number demands. */
export const refundRequest = (
  { outTradeNo, outRefundNo, refundFen, note }: Refund,
  of: Pick<RefundCall, 'totalFen' | 'notifyUrl'>,
): RefundCall => ({
  outTradeNo,
  outRefundNo,
  refundFen,
  ...of,
  ...(note === undefined ? {} : { refundDesc: note }),
});
