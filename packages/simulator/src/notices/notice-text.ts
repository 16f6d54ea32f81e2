import {
  type ApiKey,
  encryptReqInfo,
  type Fields,
  parseApiKey,
  printBeijingTime,
  printDashedBeijingTime,
  printXml,
  signFields,
} from '@orderkeeper/protocol';
import { settledFen } from '../core/coupons.ts';
import type { NoticeEffect } from '../faults/fault.ts';
import type { SimCombine, SimOrder } from '../ledger/order.ts';
import type { SimRefund } from '../ledger/refund.ts';
import { amountFields, payerFields } from '../operations/payment-fields.ts';
import type { Switches } from '../switches.ts';

/** What a notice of either protocol can tell. */
export type ClassicSubject =
  | { readonly kind: 'pay'; readonly order: SimOrder }
  | { readonly kind: 'refund'; readonly order: SimOrder; readonly refund: SimRefund };

/** What a notice tells; what stands here only is told by APIv3 alone. */
export type NoticeSubject =
  | ClassicSubject
  /** Orders that were paid together, of one combined order. */
  | { readonly kind: 'combine'; readonly combine: SimCombine; readonly orders: readonly SimOrder[] }
  /** Back to the merchant what it has said. */
  | { readonly kind: 'echo'; readonly message: string; readonly encrypted?: string };

/** What a notice is printed with. */
export interface NoticeSeal {
  readonly key: ApiKey;
  readonly switches: Pick<Switches, 'signTypeInNotice' | 'unknownField'>;
  readonly effects: readonly NoticeEffect[];
}

type Entry = readonly [name: string, value: string];

/** A merchant number that belongs to nobody. */
const NOBODY = '1000000000';
const FORGED_KEY = 'ThisKeyWasNeverGivenToAnyoneHere';

/** Prints the message as captures show it: one element a line, in alphabetical order, all but the total in CDATA. */
export function printNotice(subject: ClassicSubject, seal: NoticeSeal): string {
  switch (subject.kind) {
    case 'pay':
      return printPayNotice(subject.order, seal);
    case 'refund':
      return printRefundNotice(subject.order, subject.refund, seal);
  }
}

function printPayNotice(order: SimOrder, seal: NoticeSeal): string {
  const fields = withSurprises(payFields(order, seal.switches), seal.effects);
  const sign = signFields(fields, keyOf(seal), order.signType);
  return print(new Map([...fields, ['sign', sign] as const].sort(byName)), { bareFields: new Set(['total_fee']) });
}

function payFields(order: SimOrder, switches: NoticeSeal['switches']): Fields {
  const { payment } = order;
  if (payment === undefined) throw new Error(`the order ${order.outTradeNo} is announced as paid and has no payment`);
  const isNamed = order.signType !== 'MD5' || switches.signTypeInNotice === 'present';
  const entries: Entry[] = [
    ['return_code', 'SUCCESS'],
    ['result_code', 'SUCCESS'],
    ['appid', order.appid],
    ['mch_id', order.mchid],
    ['sub_appid', order.subAppid],
    ['sub_mch_id', order.subMchid],
    ['device_info', order.deviceInfo],
    // Observed: not a fresh one, the order's own.
    ['nonce_str', order.nonce],
    ['sign_type', isNamed ? order.signType : ''],
    ...payerFields(order, payment),
    ['trade_type', order.tradeType],
    ['bank_type', payment.bankType],
    ...amountFields(order, payment).filter(([name]) => name !== 'cash_fee_type'),
    ['transaction_id', payment.transactionId],
    ['out_trade_no', order.outTradeNo],
    ['attach', order.attach],
    ['time_end', printBeijingTime(payment.paidAtMs)],
    ['zz_future_field', switches.unknownField === 'some-answers' ? '1' : ''],
  ];
  return new Map(entries.filter(([, value]) => value !== ''));
}

/** Carries no sign: that it can be decrypted is all the proof there is. */
function printRefundNotice(order: SimOrder, refund: SimRefund, seal: NoticeSeal): string {
  const details = withSurprises(new Map(refundEntries(order, refund)), seal.effects.filter(isNotOfMerchant));
  const inner = print(new Map([...details].sort(byName)), { root: 'root', separator: '' });
  const outer = new Map<string, string>([
    ['return_code', 'SUCCESS'],
    ['appid', refund.appid],
    ['mch_id', order.mchid],
    ...(order.subAppid === '' ? [] : [['sub_appid', order.subAppid] as const]),
    ...(order.subMchid === '' ? [] : [['sub_mch_id', order.subMchid] as const]),
    ['nonce_str', refund.nonce],
    ['req_info', encryptReqInfo(inner, keyOf(seal))],
  ]);
  return print(withSurprises(outer, seal.effects), {});
}

function refundEntries(order: SimOrder, refund: SimRefund): Entry[] {
  const entries: Entry[] = [
    ['transaction_id', refund.transactionId],
    ['out_trade_no', refund.outTradeNo],
    ['refund_id', refund.refundId],
    ['out_refund_no', refund.outRefundNo],
    ['total_fee', String(refund.totalFen)],
    ['settlement_total_fee', String(settledFen(refund.totalFen, order.payment?.coupons ?? []))],
    ['refund_fee', String(refund.refundFen)],
    ['settlement_refund_fee', String(settledFen(refund.refundFen, refund.coupons))],
    ['refund_status', refund.state],
    ['success_time', refund.successAtMs === undefined ? '' : printDashedBeijingTime(refund.successAtMs)],
    ['refund_recv_accout', refund.receivedBy],
    ['refund_account', refund.account],
    ['refund_request_source', 'API'],
  ];
  return entries.filter(([, value]) => value !== '');
}

/** Puts another amount or another merchant into a message that is true otherwise. */
function withSurprises(fields: Fields, effects: readonly NoticeEffect[]): Fields {
  const changed = new Map(fields);
  for (const effect of effects) {
    if (effect.kind === 'notice-other-merchant' && changed.has('mch_id')) changed.set('mch_id', effect.mchid ?? NOBODY);
    if (effect.kind === 'notice-other-amount' && changed.has('total_fee')) {
      const totalFen = Number(fields.get('total_fee'));
      const otherFen = effect.totalFen ?? totalFen + 1;
      for (const name of ['total_fee', 'cash_fee', 'refund_fee']) {
        const fen = fields.get(name);
        if (fen !== undefined) changed.set(name, String(Math.max(Number(fen) + otherFen - totalFen, 0)));
      }
    }
  }
  return changed;
}

const isNotOfMerchant = ({ kind }: NoticeEffect): boolean => kind !== 'notice-other-merchant';

function keyOf({ key, effects }: NoticeSeal): ApiKey {
  if (!effects.some(({ kind }) => kind === 'notice-forged')) return key;
  const forged = parseApiKey(FORGED_KEY);
  if (!forged.ok) throw new Error(forged.message);
  return forged.value;
}

const byName = ([a]: Entry, [b]: Entry): number => (a < b ? -1 : a > b ? 1 : 0);

interface Layout {
  readonly root?: 'xml' | 'root';
  readonly bareFields?: ReadonlySet<string>;
  readonly separator?: '' | '\n';
}

function print(fields: Fields, { separator = '\n', ...layout }: Layout): string {
  const printed = printXml(fields, { cdata: 'always', separator, ...layout });
  // The gateway refuses such characters in what merchants send, and everything else is ours.
  if (!printed.ok) throw new Error(`a notice cannot be printed: ${printed.message}`);
  return printed.value;
}
