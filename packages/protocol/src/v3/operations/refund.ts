import type { Fen } from '../../values/fen.ts';
import type { OutRefundNo, OutTradeNo, TransactionId } from '../../values/numbers.ts';
import { failure, type Result } from '../../values/result.ts';
import type { FieldReason } from '../../v2/field-table.ts';
import type { RefundGoods } from '../../v2/goods-detail.ts';
import type { OrderNumber } from '../../v2/order-number.ts';
import { answerReader } from '../answer.ts';
import { REFUND_V3_CODES } from '../codes/refunds.ts';
import { refundGoods } from '../goods-detail.ts';
import {
  anyOutTradeNo,
  notifyUrl,
  oneOf,
  optional,
  outRefundNo,
  positiveFen,
  sentList,
  text,
  transactionId,
} from '../json/json-kinds.ts';
import { type JsonDraft, printJson, type SentJsonTable } from '../json/json-table.ts';
import type { V3Operation } from '../operation.ts';
import { CNY, type Currency, currency } from '../order-content.ts';
import { readRefundReport, type V3RefundReport } from '../refund-report.ts';
import { printV3Request } from '../request.ts';

/** Out of which of the order's moneys a part of a refund is paid. */
export interface RefundSource {
  readonly account: 'AVAILABLE' | 'UNAVAILABLE';
  readonly amountFen: Fen;
}

/** What a refund says beside the order's number. */
export interface V3RefundContent {
  /** The same on every try: another number is another refund. */
  readonly outRefundNo: OutRefundNo;
  /** What the order was for. */
  readonly totalFen: Fen;
  /** What goes back: above zero, at most `totalFen` less earlier refunds. */
  readonly refundFen: Fen;
  /** Shown to the payer, at most 80 UTF-8 bytes. */
  readonly refundDesc?: string;
  /** `AVAILABLE` pays from the balance (old fund flow only), `UNSETTLED` is for deposits. */
  readonly refundAccount?: 'AVAILABLE' | 'UNSETTLED';
  /** Of orders whose money is being shared out; the parts make up `refundFen`. */
  readonly sources?: readonly RefundSource[];
  /** Where the refund notice goes. Without it a notice goes to the address of the console, in the form of v2. */
  readonly notifyUrl?: string;
  readonly goods?: readonly RefundGoods[];
}

/** Gives money back, all or a part. */
export type V3RefundRequest = OrderNumber & V3RefundContent;

interface Sent extends V3RefundContent, Currency {
  readonly transactionId?: TransactionId;
  readonly outTradeNo?: OutTradeNo;
}

const SOURCE: SentJsonTable<RefundSource> = {
  account: oneOf<RefundSource['account']>('AVAILABLE', 'UNAVAILABLE')('account'),
  amountFen: positiveFen('amount'),
};

const REQUEST: SentJsonTable<Sent> = {
  transactionId: optional(transactionId)('transaction_id'),
  outTradeNo: optional(anyOutTradeNo)('out_trade_no'),
  outRefundNo: outRefundNo('out_refund_no'),
  refundDesc: optional(text(80))('reason'),
  notifyUrl: optional(notifyUrl(256))('notify_url'),
  refundAccount: optional(oneOf<'AVAILABLE' | 'UNSETTLED'>('AVAILABLE', 'UNSETTLED'))('funds_account'),
  refundFen: positiveFen('amount.refund'),
  sources: optional(sentList(SOURCE, { countMin: 1, countMax: 2 }))('amount.from'),
  totalFen: positiveFen('amount.total'),
  currency: currency('amount.currency'),
  goods: optional(refundGoods)('goods_detail'),
};

function printRefund(request: V3RefundRequest): Result<JsonDraft, FieldReason> {
  const { refundFen, totalFen, sources } = request;
  const printed = printJson(REQUEST, { ...request, ...CNY });
  if (!printed.ok) return printed;
  if ((request.transactionId === undefined) === (request.outTradeNo === undefined)) {
    return failure('field-missing', 'exactly one of transaction_id and out_trade_no is required');
  }
  if (refundFen > totalFen) {
    return failure('field-invalid', `amount.refund: ${refundFen} fen is more than amount.total of ${totalFen} fen`);
  }
  const sum = sources?.reduce((total, { amountFen }) => total + amountFen, 0) ?? refundFen;
  if (sum !== refundFen) {
    return failure('field-invalid', `amount.from: makes up ${sum} fen, amount.refund is ${refundFen} fen`);
  }
  if (sources !== undefined && new Set(sources.map(({ account }) => account)).size < sources.length) {
    return failure('field-invalid', 'amount.from: names an account twice');
  }
  return printed;
}

const REFUNDS = '/v3/refund/domestic/refunds';

const ROW = {
  name: 'refund',
  method: 'POST',
  paths: { merchant: REFUNDS, partner: REFUNDS },
  sender: 'sub-mchid',
  success: [200],
  answer: 'signed',
  effect: 'changes',
  afterUnknown: 'repeat',
  codes: REFUND_V3_CODES,
} as const;

/**
 * 申请退款: within 365 days of the payment, in at most 50 parts, at least a minute apart. Success means accepted, not
 * refunded. The same `outRefundNo` is refunded once, however often it is sent.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071036
 */
export const v3Refund: V3Operation<V3RefundRequest, V3RefundReport> = {
  ...ROW,
  printRequest: (request, sender) => printV3Request(ROW, sender, { body: printRefund(request) }),
  readAnswer: answerReader(readRefundReport),
};
