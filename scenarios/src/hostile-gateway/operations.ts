import { createHash } from 'node:crypto';
import type { Outcome, V3CallOptions } from '@orderkeeper/client';
import {
  beijingDayOf,
  type BeijingDay,
  parseMchid,
  parseOpenid,
  parseRefundId,
  parseTransactionId,
  type Result,
  type V3QueryAnswer,
  type V3RefundReport,
} from '@orderkeeper/protocol';
import type { SimOrder, SimRefund } from '@orderkeeper/simulator';
import { ACCOUNT, given, NOTIFY_URL } from '../world/shop.ts';
import { START_MS } from '../world/run-world.ts';
import { NEXT_CERTIFICATE } from '../world/wechat-pay-keys.ts';
import type { Stage } from './stage.ts';
import { came, type Course, statesBetween, type Subject } from './subject.ts';

/** How a call ended, and what would have to be true. */
export interface Told {
  readonly outcome: Outcome<unknown>;
  /** Whether the answer, where there is one, is what the book says. */
  readonly isTrue: (course: Course) => boolean;
}

/** A call of the client with what it takes to judge it. */
export interface GatewayOperation {
  readonly name: string;
  /** What faults know it as. */
  readonly aim: string;
  /** A service provider's operation is `provider`. */
  readonly role?: 'provider';
  /** Nobody can tell an answer that names nothing from the answer to another call. */
  readonly answerNames: 'what-was-asked' | 'nothing';
  /** Brings a subject to where the call makes sense, by true calls. */
  readonly prepare: readonly Step[];
  /** What happens to the subject after it was spoken of for the first time, so that an old answer is an untrue one. */
  readonly meanwhile?: Step;
  readonly call: (stage: Stage, subject: Subject, options: V3CallOptions) => Promise<Told>;
  /** Whether a call did what it was for. */
  readonly hasEffect: (course: Course) => boolean;
}

/** Something that happens to a subject; it has to go well. */
export type Step = (stage: Stage, subject: Subject) => Went | Promise<Went>;

type Went = void | Result<unknown, string> | Outcome<unknown>;

interface Row<Answer> extends Omit<GatewayOperation, 'call'> {
  readonly call: (stage: Stage, subject: Subject, options: V3CallOptions) => Promise<Outcome<Answer>>;
  readonly isTrue: (answer: Answer, course: Course) => boolean;
}

const row = <Answer>({ call, isTrue, ...rest }: Row<Answer>): GatewayOperation => ({
  ...rest,
  call: async (stage, subject, options) => {
    const outcome = await call(stage, subject, options);
    return { outcome, isTrue: (course) => outcome.outcome !== 'done' || isTrue(outcome.answer, course) };
  },
});

const MCHID = given(parseMchid(ACCOUNT.mchid));
const OPENID = given(parseOpenid('oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'));
const H5 = { payerClientIp: '14.23.150.211', h5: { type: 'Wap' as const } };

const contentOf = ({ outTradeNo, totalFen }: Subject) => ({
  outTradeNo,
  totalFen,
  description: 'a thing',
  notifyUrl: NOTIFY_URL,
});

const wholeOf = ({ combineOutTradeNo, partNumbers, totalFen }: Subject) => ({
  combineOutTradeNo,
  notifyUrl: NOTIFY_URL,
  subOrders: partNumbers.map((outTradeNo) => ({
    mchid: MCHID,
    outTradeNo,
    totalFen,
    description: 'a part',
    attach: 'part',
  })),
});

const place: Step = ({ client }, subject) => client.native(contentOf(subject));
const placeWhole: Step = ({ client }, subject) => client.combineNative(wholeOf(subject));
const pay: Step = ({ simulator }, { outTradeNo }) => simulator.payer.pay({ outTradeNo });
const payWhole: Step = ({ simulator }, { combineOutTradeNo }) => simulator.payer.pay({ outTradeNo: combineOutTradeNo });
const charge: Step = ({ client }, subject) => client.codepay(chargeOf(subject, '0001'));
const later =
  (durationMs: number): Step =>
  ({ clock }) =>
    clock.advance(durationMs);

const refundOf = ({ outTradeNo, outRefundNo, totalFen }: Subject) => ({
  outTradeNo,
  outRefundNo,
  totalFen,
  refundFen: totalFen,
  notifyUrl: NOTIFY_URL,
});
const refund: Step = ({ client }, subject) => client.refund(refundOf(subject));
const refundFails: Step = async ({ simulator, clock }) => {
  simulator.world.settings.refundEnd = 'CHANGE';
  await clock.advance(5_000);
  simulator.world.settings.refundEnd = 'SUCCESS';
};

/** WeChat Pay's own numbers are read in the book, where an earlier answer would have told them. */
const transactionIdOf = ({ simulator }: Stage, { outTradeNo }: Subject) =>
  given(parseTransactionId(simulator.world.ledger.order(ACCOUNT.mchid, outTradeNo)?.payment?.transactionId ?? ''));
const refundIdOf = ({ simulator }: Stage, { outRefundNo }: Subject) =>
  given(parseRefundId(simulator.world.ledger.refund(ACCOUNT.mchid, outRefundNo)?.refundId ?? ''));

const CARD = {
  type: 'USER_BANK_CARD',
  bankType: 'ICBC_DEBIT',
  bankAccount: '6222020000000000000',
  realName: '张三',
} as const;

const chargeOf = (subject: Subject, ending: string) => ({
  outTradeNo: subject.outTradeNo,
  totalFen: subject.totalFen,
  description: 'a thing',
  authCode: subject.authCode(ending),
  scene: { storeId: 'S1' },
});

const ENTRIES = { prepayId: 'prepayId', codeUrl: 'codeUrl', h5Url: 'mwebUrl' } as const;

const leadsTo = (answer: Readonly<Record<string, unknown>>, order: SimOrder | undefined): boolean =>
  Object.entries(ENTRIES).some(
    ([name, entry]) => answer[name] !== undefined && order?.prepays.some((one) => one[entry] === answer[name]) === true,
  );

const isPlaced = (answer: object, { after }: Course): boolean => leadsTo({ ...answer }, after.order);
const isWholePlaced = (answer: object, { after }: Course): boolean =>
  after.parts.length === 2 && after.parts.every((part) => leadsTo({ ...answer }, part));

type Paying = { readonly tradeState: string; readonly transactionId?: string; readonly totalFen?: number };

/** An order in a state that it was in, for its amount, and paid by no other payment. */
function isOrder(answer: Paying, before: SimOrder | undefined, after: SimOrder | undefined): boolean {
  const isPaid = answer.tradeState === 'SUCCESS' || answer.tradeState === 'REFUND';
  return (
    statesBetween(before, after).some((state) => state === answer.tradeState) &&
    (answer.totalFen === undefined || answer.totalFen === after?.totalFen) &&
    (!isPaid || answer.transactionId === after?.payment?.transactionId)
  );
}

const isQueried = (answer: V3QueryAnswer, { before, after }: Course): boolean =>
  answer.outTradeNo === after.order?.outTradeNo && isOrder(answer, before.order, after.order);

const isRefund = (answer: V3RefundReport, { before, after }: Course): boolean =>
  after.refund !== undefined &&
  answer.refundId === after.refund.refundId &&
  answer.outRefundNo === after.refund.outRefundNo &&
  answer.transactionId === after.refund.transactionId &&
  answer.refundFen === after.refund.refundFen &&
  statesBetween(before.refund, after.refund).includes(stateOf(answer));

const stateOf = ({ refundStatus }: V3RefundReport): SimRefund['state'] => refundStatus;

const isGone = ({ state }: SimOrder): boolean => state === 'CLOSED';
const wasPaidIn = ({ before, after }: Course): boolean => came('SUCCESS', before.order, after.order) === 'yes';
/**
 * Placing leaves an order that can be paid. One that others have closed or paid by then is told by the refusal itself,
 * `ORDER_CLOSED` or `ORDER_PAID`.
 */
const isOpen = ({ state }: SimOrder): boolean => state === 'NOTPAY';
const isNew = ({ before, after }: Course): boolean =>
  before.order === undefined && after.order !== undefined && isOpen(after.order);
const isNewWhole = ({ before, after }: Course): boolean => before.parts.length === 0 && after.parts.some(isOpen);
const never = (): boolean => false;

const PLACING = { answerNames: 'nothing', prepare: [], hasEffect: isNew, isTrue: isPlaced } as const;
const PLACING_WHOLE = { ...PLACING, hasEffect: isNewWhole, isTrue: isWholePlaced } as const;
const QUERYING = { answerNames: 'what-was-asked', hasEffect: never, isTrue: isQueried } as const;
const REFUNDING = { answerNames: 'what-was-asked', isTrue: isRefund } as const;
const CHARGING = {
  aim: 'v3/codepay',
  answerNames: 'what-was-asked',
  prepare: [],
  hasEffect: wasPaidIn,
  isTrue: isQueried,
} as const;

/** Placing, asking for, and closing single orders. */
const ORDERS: readonly GatewayOperation[] = [
  row({
    ...PLACING,
    name: 'jsapi',
    aim: 'v3/order-jsapi',
    call: ({ client }, subject, options) => client.jsapi({ ...contentOf(subject), openid: OPENID }, options),
  }),
  row({
    ...PLACING,
    name: 'app',
    aim: 'v3/order-app',
    call: ({ client }, subject, options) => client.app(contentOf(subject), options),
  }),
  row({
    ...PLACING,
    name: 'native',
    aim: 'v3/order-native',
    call: ({ client }, subject, options) => client.native(contentOf(subject), options),
  }),
  row({
    ...PLACING,
    name: 'h5',
    aim: 'v3/order-h5',
    call: ({ client }, subject, options) => client.h5({ ...contentOf(subject), scene: H5 }, options),
  }),
  row({
    ...QUERYING,
    name: 'queryByOutTradeNo',
    aim: 'v3/query-by-number',
    prepare: [place],
    meanwhile: pay,
    call: ({ client }, { outTradeNo }, options) => client.queryByOutTradeNo({ outTradeNo }, options),
  }),
  row({
    name: 'close',
    aim: 'v3/close',
    answerNames: 'nothing',
    prepare: [place],
    call: ({ client }, { outTradeNo }, options) => client.close({ outTradeNo }, options),
    // Success was also seen for numbers that were never placed.
    isTrue: (_, { before, after }) => before.order === undefined || (after.order !== undefined && isGone(after.order)),
    hasEffect: ({ before, after }) => came('CLOSED', before.order, after.order) === 'yes',
  }),
];

/** Refunds, which need a payment. */
const REFUNDS: readonly GatewayOperation[] = [
  row({
    ...REFUNDING,
    name: 'refund',
    aim: 'v3/refund',
    prepare: [place, pay],
    meanwhile: later(5_000),
    call: ({ client }, subject, options) => client.refund(refundOf(subject), options),
    hasEffect: ({ before, after }) => before.refund === undefined && after.refund !== undefined,
  }),
  row({
    ...REFUNDING,
    name: 'refundQuery',
    aim: 'v3/query-refund',
    prepare: [place, pay, refund],
    meanwhile: later(5_000),
    call: ({ client }, { outRefundNo }, options) => client.refundQuery({ outRefundNo }, options),
    hasEffect: never,
  }),
];

/** Charging the code that a payer shows, and taking it back. */
const CHARGES: readonly GatewayOperation[] = [
  row({
    ...CHARGING,
    name: 'codepay, paid at once',
    call: ({ client }, subject, options) => client.codepay(chargeOf(subject, '0001'), options),
  }),
  row({
    ...CHARGING,
    name: 'codepay, paid after the password',
    call: ({ client }, subject, options) => client.codepay(chargeOf(subject, '9002'), options),
  }),
  row({
    ...CHARGING,
    name: 'codepay, paid although the platform is in trouble',
    call: ({ client }, subject, options) => client.codepay(chargeOf(subject, '9202'), options),
  }),
  row({
    name: 'reverse',
    aim: 'v3/codepay-reverse',
    answerNames: 'what-was-asked',
    prepare: [charge],
    call: ({ client }, { outTradeNo }, options) => client.reverse({ outTradeNo }, options),
    isTrue: ({ outTradeNo }, { after }) => after.order?.outTradeNo === outTradeNo && after.order.state === 'REVOKED',
    hasEffect: ({ before, after }) => came('REVOKED', before.order, after.order) === 'yes',
  }),
];

/** Several orders that are paid together. */
const WHOLES: readonly GatewayOperation[] = [
  row({
    ...PLACING_WHOLE,
    name: 'combineJsapi',
    aim: 'v3/combine-jsapi',
    call: ({ client }, subject, options) => client.combineJsapi({ ...wholeOf(subject), openid: OPENID }, options),
  }),
  row({
    ...PLACING_WHOLE,
    name: 'combineApp',
    aim: 'v3/combine-app',
    call: ({ client }, subject, options) => client.combineApp(wholeOf(subject), options),
  }),
  row({
    ...PLACING_WHOLE,
    name: 'combineNative',
    aim: 'v3/combine-native',
    call: ({ client }, subject, options) => client.combineNative(wholeOf(subject), options),
  }),
  row({
    ...PLACING_WHOLE,
    name: 'combineH5',
    aim: 'v3/combine-h5',
    call: ({ client }, subject, options) => client.combineH5({ ...wholeOf(subject), scene: H5 }, options),
  }),
  row({
    name: 'combineQuery',
    aim: 'v3/combine-query',
    answerNames: 'what-was-asked',
    prepare: [placeWhole],
    meanwhile: payWhole,
    call: ({ client }, { combineOutTradeNo }, options) => client.combineQuery({ combineOutTradeNo }, options),
    isTrue: ({ subOrders }, { before, after }) =>
      subOrders.length === after.parts.length &&
      after.parts.every((part, index) =>
        subOrders.some((told) => told.outTradeNo === part.outTradeNo && isOrder(told, before.parts[index], part)),
      ),
    hasEffect: never,
  }),
  row({
    name: 'combineClose',
    aim: 'v3/combine-close',
    answerNames: 'nothing',
    prepare: [placeWhole],
    call: ({ client }, subject, options) => client.combineClose(wholeOf(subject), options),
    isTrue: (_, { after }) => after.parts.every(isGone),
    hasEffect: ({ before, after }) => before.parts.some((part, at) => came('CLOSED', part, after.parts[at]) === 'yes'),
  }),
];

const TODAY: BeijingDay = beijingDayOf(START_MS);
/** Twelve o'clock of the next day: all bills of today can be had. */
const untilBills = later(TODAY.startMs + 36 * 3_600_000 - START_MS);
const BILLING = { answerNames: 'nothing', prepare: [place, pay, untilBills], hasEffect: never } as const;

const isBill = (bytes: Uint8Array, bill: { readonly kind: string; readonly bytes?: Uint8Array }): boolean =>
  bill.bytes !== undefined && Buffer.compare(bytes, bill.bytes) === 0;

const OWN = { mchid: ACCOUNT.mchid, subMchid: '', day: TODAY } as const;

/** Bills, which are files. */
const BILLS: readonly GatewayOperation[] = [
  row({
    ...BILLING,
    name: 'tradebill',
    aim: 'v3/trade-bill',
    call: ({ client }, _, options) => client.tradebill({ billDate: TODAY }, options),
    isTrue: ({ bytes }, { world }) => isBill(bytes, world.bills.tradeBill({ ...OWN, billType: 'ALL' })),
  }),
  row({
    ...BILLING,
    name: 'fundflowbill',
    aim: 'v3/fund-bill',
    call: ({ client }, _, options) => client.fundflowbill({ billDate: TODAY }, options),
    isTrue: ({ bytes }, { world }) => isBill(bytes, world.bills.fundFlowBill({ ...OWN, accountType: 'Basic' })),
  }),
  row({
    ...BILLING,
    name: 'tradebill, its file',
    aim: 'v3/download-bill',
    call: ({ client }, _, options) => client.tradebill({ billDate: TODAY }, options),
    isTrue: ({ bytes }, { world }) => isBill(bytes, world.bills.tradeBill({ ...OWN, billType: 'ALL' })),
  }),
  row({
    ...BILLING,
    name: 'subMerchantFundflowbill',
    aim: 'v3/sub-merchant-bill',
    role: 'provider',
    call: ({ client }, _, options) =>
      client.subMerchantFundflowbill({ billDate: TODAY, accountType: 'BASIC' }, options),
    isTrue: ({ bills }, { world, after }) => {
      const wish = { ...OWN, subMchid: after.order?.subMchid ?? '', accountType: 'Basic' } as const;
      const bill = world.bills.fundFlowBill(wish);
      const hashed = bill.kind === 'ready' ? createHash('sha1').update(bill.bytes).digest('hex') : undefined;
      return bills.length === 1 && bills[0]?.hashValue === hashed;
    },
  }),
];

/** Calls by a number that only WeChat Pay gives out. */
const BY_ID: readonly GatewayOperation[] = [
  row({
    ...QUERYING,
    name: 'queryById',
    aim: 'v3/query-by-id',
    prepare: [place, pay],
    meanwhile: refund,
    call: (stage, subject, options) =>
      stage.client.queryById({ transactionId: transactionIdOf(stage, subject) }, options),
  }),
  row({
    ...REFUNDING,
    name: 'abnormalRefund',
    aim: 'v3/abnormal-refund',
    prepare: [place, pay, refund, refundFails],
    call: (stage, subject, options) =>
      stage.client.abnormalRefund(
        { ...CARD, refundId: refundIdOf(stage, subject), outRefundNo: subject.outRefundNo },
        options,
      ),
    hasEffect: ({ before, after }) => came('PROCESSING', before.refund, after.refund) === 'yes',
  }),
];

const rotate: Step = ({ keys, simulator }) => {
  keys.rotate(NEXT_CERTIFICATE);
  simulator.world.settings.newCertificateShare = 1;
};

/** What goes wrong with the keys themselves: the answer is signed with a certificate that is to be fetched first. */
const KEYS: readonly GatewayOperation[] = [
  row({
    ...QUERYING,
    name: 'queryByOutTradeNo, under a new certificate',
    aim: 'v3/certificates',
    prepare: [place, later(61_000), rotate],
    call: ({ client }, { outTradeNo }, options) => client.queryByOutTradeNo({ outTradeNo }, options),
  }),
];

/** Every operation of APIv3 that the client has a method for. */
export const OPERATIONS = [...ORDERS, ...BY_ID, ...REFUNDS, ...CHARGES, ...WHOLES, ...BILLS, ...KEYS];
