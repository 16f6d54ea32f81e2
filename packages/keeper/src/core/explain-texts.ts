import { printDashedBeijingTime, printYuan } from '@orderkeeper/protocol';
import type { Attempt, Order } from './order.ts';
import { refundedFen } from './refund-sums.ts';

/** Why an order stands where it stands. */
export type Reason =
  | 'no-attempt'
  | 'between-attempts'
  | 'quarantined'
  | 'placing'
  | 'charging'
  | 'waiting-for-payer'
  | 'expired-asking'
  | 'payer-is-paying'
  | 'too-young-to-close'
  | 'closing'
  | 'reversing'
  | 'paid'
  | 'partly-refunded'
  | 'refund-under-way'
  | 'refund-abnormal'
  | 'refund-rejected'
  | 'refunded'
  | 'reversed'
  | 'closed'
  | 'closed-late-payment';

/** What a person should do. */
export type Advice =
  | 'nothing'
  | 'wait'
  | 'ask-now'
  | 'open-attempt'
  | 'pay-again-or-close'
  | 'check-report'
  | 'wait-for-refund'
  | 'finish-refund'
  | 'repeat-refund'
  | 'check-keeper'
  | 'check-console';

/** What the sentences speak of. */
export interface ExplainFacts {
  readonly order: Order;
  readonly attempt: Attempt | undefined;
  readonly next: { readonly duty: string; readonly dueAtMs: number } | undefined;
  readonly nowMs: number;
}

interface Sentence {
  readonly en: (facts: ExplainFacts) => string;
  readonly zh: (facts: ExplainFacts) => string;
}

const no = ({ attempt }: ExplainFacts): string => attempt?.outTradeNo ?? '-';
const amount = ({ order }: ExplainFacts): string => printYuan(order.totalFen);
const expiry = ({ order }: ExplainFacts): string => printDashedBeijingTime(order.expiresAtMs);
const paidAt = ({ attempt }: ExplainFacts): string =>
  attempt?.payment === undefined ? '-' : printDashedBeijingTime(attempt.payment.paidAtMs);
const transaction = ({ attempt }: ExplainFacts): string => attempt?.payment?.transactionId ?? '-';
const refunded = ({ order, attempt }: ExplainFacts): string =>
  attempt === undefined ? '0.00' : printYuan(refundedFen(order, attempt.outTradeNo));
const failure = ({ attempt }: ExplainFacts): string => attempt?.failureCode ?? attempt?.state ?? '-';
const setAside = ({ attempt }: ExplainFacts): string => attempt?.quarantined?.fields.join(', ') ?? '-';
const closeReason = ({ order }: ExplainFacts): string => order.ending?.because ?? 'asked';
const next = ({ next: duty }: ExplainFacts): string =>
  duty === undefined ? '' : ` Next: ${duty.duty} at ${printDashedBeijingTime(duty.dueAtMs)} (Beijing).`;
const nextZh = ({ next: duty }: ExplainFacts): string =>
  duty === undefined ? '' : `下一步:${duty.duty},北京时间 ${printDashedBeijingTime(duty.dueAtMs)}。`;

/** One row per reason, in both languages. */
export const REASONS: Readonly<Record<Reason, Sentence>> = {
  'no-attempt': {
    en: (f) => `The order over ${amount(f)} CNY has no attempt yet.${next(f)}`,
    zh: (f) => `订单金额 ${amount(f)} 元,尚未下单到微信支付。${nextZh(f)}`,
  },
  'between-attempts': {
    en: (f) =>
      `Attempt ${no(f)} ended without payment (${failure(f)}); the order can be paid again until ${expiry(f)}.${next(f)}`,
    zh: (f) => `商户订单号 ${no(f)} 未支付即结束(${failure(f)});在 ${expiry(f)} 之前可以重新支付。${nextZh(f)}`,
  },
  quarantined: {
    en: (f) =>
      `A report about ${no(f)} did not match what was ordered (${setAside(f)}) and was set aside; nothing was changed by it.${next(f)}`,
    zh: (f) => `收到与订单不符的结果(${no(f)}:${setAside(f)}),已隔离,未改变任何状态。${nextZh(f)}`,
  },
  placing: {
    en: (f) => `Attempt ${no(f)} is being placed; WeChat Pay has not answered for certain.${next(f)}`,
    zh: (f) => `正在下单 ${no(f)},微信支付尚未给出确定的应答。${nextZh(f)}`,
  },
  charging: {
    en: (f) => `The payer's code was charged under ${no(f)}; the result is not known yet.${next(f)}`,
    zh: (f) => `付款码已扣款 ${no(f)},结果尚未确定。${nextZh(f)}`,
  },
  'waiting-for-payer': {
    en: (f) =>
      `${amount(f)} CNY are to be paid under ${no(f)} until ${expiry(f)}; WeChat Pay has reported no payment.${next(f)}`,
    zh: (f) => `等待用户支付 ${amount(f)} 元(${no(f)}),截止 ${expiry(f)};微信支付尚未报告付款。${nextZh(f)}`,
  },
  'expired-asking': {
    en: (f) => `The time to pay ${no(f)} is over; WeChat Pay is asked once more before it is closed.${next(f)}`,
    zh: (f) => `${no(f)} 支付时间已过,关单前再查询一次。${nextZh(f)}`,
  },
  'payer-is-paying': {
    en: (f) => `The payer is entering the password for ${no(f)}.${next(f)}`,
    zh: (f) => `用户正在为 ${no(f)} 输入支付密码。${nextZh(f)}`,
  },
  'too-young-to-close': {
    en: (f) =>
      `${no(f)} is to be closed; WeChat Pay wants orders to be five minutes old first. It can be paid no more from here.${next(f)}`,
    zh: (f) => `${no(f)} 待关闭;微信支付要求下单满五分钟后才能关单。已不再提供支付参数。${nextZh(f)}`,
  },
  closing: {
    en: (f) => `${no(f)} is being closed: query, close, query.${next(f)}`,
    zh: (f) => `正在关闭 ${no(f)}:查询、关单、再查询。${nextZh(f)}`,
  },
  reversing: {
    en: (f) => `The charge ${no(f)} came to no end and is being taken back.${next(f)}`,
    zh: (f) => `扣款 ${no(f)} 未得到结果,正在撤销。${nextZh(f)}`,
  },
  paid: {
    en: (f) => `Paid at ${paidAt(f)} (Beijing) under ${no(f)}, WeChat Pay's number ${transaction(f)}.${next(f)}`,
    zh: (f) => `已于北京时间 ${paidAt(f)} 支付(${no(f)}),微信支付订单号 ${transaction(f)}。${nextZh(f)}`,
  },
  'partly-refunded': {
    en: (f) => `Paid under ${no(f)}; ${refunded(f)} of ${amount(f)} CNY have gone back.${next(f)}`,
    zh: (f) => `已支付(${no(f)});共 ${amount(f)} 元,已退 ${refunded(f)} 元。${nextZh(f)}`,
  },
  'refund-under-way': {
    en: (f) => `Paid under ${no(f)}; a refund is under way, ${refunded(f)} CNY have gone back so far.${next(f)}`,
    zh: (f) => `已支付(${no(f)});退款处理中,已退 ${refunded(f)} 元。${nextZh(f)}`,
  },
  'refund-abnormal': {
    en: (f) => `Paid under ${no(f)}; a refund could not reach the payer (their card or account).${next(f)}`,
    zh: (f) => `已支付(${no(f)});有一笔退款异常,无法退回用户账户。${nextZh(f)}`,
  },
  'refund-rejected': {
    en: (f) => `Paid under ${no(f)}; WeChat Pay refused a refund.${next(f)}`,
    zh: (f) => `已支付(${no(f)});微信支付拒绝了一笔退款。${nextZh(f)}`,
  },
  refunded: {
    en: (f) => `Paid under ${no(f)}, and everything has gone back to the payer.${next(f)}`,
    zh: (f) => `已支付(${no(f)}),并已全额退款。${nextZh(f)}`,
  },
  reversed: {
    en: (f) => `The charge ${no(f)} was taken back; the payer has paid nothing.${next(f)}`,
    zh: (f) => `扣款 ${no(f)} 已撤销,用户未付款。${nextZh(f)}`,
  },
  closed: {
    en: (f) => `Closed (${closeReason(f)}): nothing can be paid any more.${next(f)}`,
    zh: (f) => `已关闭(${closeReason(f)}),不能再支付。${nextZh(f)}`,
  },
  'closed-late-payment': {
    en: (f) => `Closed (${closeReason(f)}); money that arrived later is sent back, as declared.${next(f)}`,
    zh: (f) => `已关闭(${closeReason(f)});之后到账的款项按约定退回。${nextZh(f)}`,
  },
};

/** One row per piece of advice, in both languages. */
export const ADVICE: Readonly<Record<Advice, { readonly en: string; readonly zh: string }>> = {
  nothing: { en: 'Nothing is to be done.', zh: '无需操作。' },
  wait: { en: 'Wait: the keeper goes on by itself.', zh: '请等待,系统会自动处理。' },
  'ask-now': {
    en: 'If the payer says it is paid, ask now (?fresh); do not change the order by hand.',
    zh: '若用户称已付款,请立即查询(?fresh),不要手工改单。',
  },
  'open-attempt': { en: 'Open an attempt, or close the order.', zh: '请下单,或关闭订单。' },
  'pay-again-or-close': { en: 'Let the payer pay again, or close the order.', zh: '请让用户重新支付,或关闭订单。' },
  'check-report': {
    en: 'Compare appid, merchant number and amount with the merchant console; look for a forged or misdirected notice.',
    zh: '请在商户平台核对 appid、商户号和金额,检查是否为伪造或错发的通知。',
  },
  'wait-for-refund': {
    en: 'Wait: refunds to a balance take minutes, to a bank card up to three working days.',
    zh: '请等待:退回零钱需数分钟,退回银行卡最多三个工作日。',
  },
  'finish-refund': { en: 'Finish the refund in the merchant console.', zh: '请在商户平台手工处理该笔退款。' },
  'repeat-refund': {
    en: 'Mend the cause (often the balance) and ask for the refund again under the same number.',
    zh: '排除原因(多为余额不足)后,用相同退款单号再次申请。',
  },
  'check-keeper': {
    en: 'The next step is overdue: see that the service runs and reaches WeChat Pay.',
    zh: '下一步已逾期:请检查服务是否运行、能否连通微信支付。',
  },
  'check-console': {
    en: 'Many tries brought no end: look the order up in the merchant console.',
    zh: '多次尝试未有结果:请在商户平台查看该订单。',
  },
};
