import { failure, type Fen, type OutRefundNo, type OutTradeNo, printXml, type Result } from '@orderkeeper/protocol';
import type { Order, OrderId, Refund } from '../core/order.ts';
import type { KeeperReason } from '../keeper.ts';
import type { WorkContext } from '../work/work-context.ts';
import { findOrder, wish } from './wish.ts';

/** What the merchant wants to give back. */
export interface RefundRequest {
  readonly orderId: OrderId;
  /** The merchant's number of the refund: the same again is the same refund. */
  readonly outRefundNo: OutRefundNo;
  readonly refundFen: Fen;
  /** Default: the attempt that paid the order. */
  readonly outTradeNo?: OutTradeNo;
  /** Shown to the payer, at most 80 UTF-8 bytes. */
  readonly note?: string;
}

const NOTE_BYTES_MAX = 80;

/** Commits the intent to give money back (R1, R12); the call follows at once, and the refund is followed to its end. */
export async function refund(context: WorkContext, request: RefundRequest): Promise<Result<Order, KeeperReason>> {
  const { orderId, outRefundNo, refundFen, note } = request;
  const flaw = note === undefined ? undefined : flawOfNote(note);
  if (flaw !== undefined) return failure('invalid-request', flaw);
  const found = await findOrder(context, orderId);
  if (!found.ok) return found;
  const { mchid, paidBy } = found.value;
  const outTradeNo = request.outTradeNo ?? paidBy;
  if (outTradeNo === undefined) return failure('not-paid', `order ${orderId} is not paid: there is nothing to refund`);
  const owner = await context.store.findByOutRefundNo(mchid, outRefundNo);
  if (owner !== undefined && owner.orderId !== orderId)
    return failure(
      'refund-exists-different',
      `${outRefundNo} is a refund of order ${owner.orderId}; take a new number`,
    );
  const wanted: Refund = {
    outRefundNo,
    outTradeNo,
    refundFen,
    reason: 'asked',
    state: 'asked',
    askedAtMs: context.clock.nowMs(),
    looksMade: 0,
    ...(note === undefined ? {} : { note }),
  };
  const recorded = await wish(context, orderId, () => ({ kind: 'refund-wanted', refund: wanted }));
  return recorded.ok ? findOrder(context, orderId) : recorded;
}

/** What WeChat Pay would not take; found before the intent is committed, because afterwards it would be a refusal. */
function flawOfNote(note: string): string | undefined {
  if (Buffer.byteLength(note) > NOTE_BYTES_MAX) return `note may have ${NOTE_BYTES_MAX} UTF-8 bytes`;
  const printed = printXml(new Map([['note', note]]));
  return printed.ok ? undefined : printed.message;
}
