import { failure, ok, type Result } from '@orderkeeper/protocol';
import type { Prepay, SimOrder } from '../ledger/order.ts';

/** How long a prepay_id and a code_url lead to the cashier. */
export const PREPAY_MS = 2 * 60 * 60 * 1000;
/** How long a page of MWEB does. */
export const MWEB_MS = 5 * 60 * 1000;

/** Why a payer cannot enter the cashier or pay. */
export type NotPayableReason = 'paid' | 'closed' | 'revoked' | 'failed' | 'expired' | 'entry-expired';

/** What the payer's phone shows. */
export const NOT_PAYABLE_TEXTS: Readonly<Record<NotPayableReason, string>> = {
  paid: '该订单已支付',
  closed: '订单已关闭',
  revoked: '订单已撤销',
  failed: '支付失败，请重新下单支付',
  expired: '订单已超过商户设置的最晚支付成功时间，请重新发起支付',
  'entry-expired': '支付请求已失效，请重新发起支付',
};

const refuse = (reason: NotPayableReason): Result<SimOrder, NotPayableReason> =>
  failure(reason, NOT_PAYABLE_TEXTS[reason]);

/** Whether a payer may open the cashier at `nowMs`. */
export function mayEnter(order: SimOrder, nowMs: number): Result<SimOrder, NotPayableReason> {
  const open = mayPay(order);
  if (!open.ok) return open;
  if (order.expiresAtMs !== undefined && nowMs >= order.expiresAtMs) return refuse('expired');
  const hasEntry = order.tradeType === 'MICROPAY' || order.prepays.some((prepay) => isOpen(prepay, nowMs));
  return hasEntry ? ok(order) : refuse('entry-expired');
}

/** Whether a payer in the cashier may pay; who entered in time may finish after the expiry. */
export function mayPay(order: SimOrder): Result<SimOrder, NotPayableReason> {
  switch (order.state) {
    case 'NOTPAY':
    case 'USERPAYING':
      return ok(order);
    case 'SUCCESS':
    case 'REFUND':
      return refuse('paid');
    case 'CLOSED':
      return refuse('closed');
    case 'REVOKED':
      return refuse('revoked');
    case 'PAYERROR':
      return refuse('failed');
  }
}

const isOpen = (prepay: Prepay, nowMs: number): boolean =>
  nowMs - prepay.atMs < (prepay.mwebUrl === undefined ? PREPAY_MS : MWEB_MS);
