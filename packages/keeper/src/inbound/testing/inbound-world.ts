import type { Merchant } from '@orderkeeper/client';
import { createSeededRandom, createVirtualClock, type VirtualClock } from '@orderkeeper/ports';
import {
  type Fen,
  type Mchid,
  parseApiKey,
  printTestPayNotice,
  printTestRefundNotice,
  type TestPayNotice,
  type TestRefundNotice,
} from '@orderkeeper/protocol';
import { decide } from '../../core/decide.ts';
import type { Observation, RefundReport } from '../../core/observation.ts';
import { openOrder, type OrderWish } from '../../core/open-order.ts';
import type { Order } from '../../core/order.ts';
import {
  APPID,
  FIRST,
  MCHID,
  OPENED_MS,
  orderId,
  orderWish,
  outRefundNo,
  placed,
  RULES,
  TOTAL_FEN,
} from '../../core/testing/samples.ts';
import type { GatewayOutcome, PaymentGateway } from '../../gateway/payment-gateway.ts';
import type { IncomingNotice, NoticeReply } from '../../notice.ts';
import { openOrThrow } from '../../store/sqlite/testing/open-or-throw.ts';
import type { Change, Store, TimelineEntry } from '../../store/store.ts';
import { createBudget } from '../../work/budget.ts';
import { CALL_LIMITS_DEFAULT, type CallLimits } from '../../core/call-limits.ts';
import type { KeeperEvent } from '../../observe/keeper-event.ts';
import { keptMerchant } from '../../work/kept-merchant.ts';
import type { InboundContext } from '../inbound-context.ts';
import type { NoticeReaders } from '../notice-readers.ts';
import { receiveNotice } from '../receive-notice.ts';

const key = parseApiKey('192006250b4c09247ec02edce69f6a2d');
if (!key.ok) throw new Error(key.message);

/** The merchant of the sample orders; signs with HMAC-SHA256, as is the default. */
export const MERCHANT: Merchant = { appid: APPID, mchid: MCHID, apiKey: key.value };

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export const incoming = (body: string, changes: Partial<IncomingNotice> = {}): IncomingNotice => ({
  mchid: MCHID,
  body: bytes(body),
  headers: { 'content-type': 'text/xml' },
  ...changes,
});

/** A true notice that the sample order is paid. */
export const payNotice = (changes: Partial<TestPayNotice> = {}): IncomingNotice =>
  incoming(
    printTestPayNotice({
      key: MERCHANT.apiKey,
      appid: APPID,
      mchid: MCHID,
      outTradeNo: FIRST,
      totalFen: TOTAL_FEN,
      paidAtMs: OPENED_MS + 20_000,
      signType: 'HMAC-SHA256',
      ...changes,
    }),
  );

/** A true notice that a part of the sample order went back. */
export const refundNotice = (refundFen: Fen, changes: Partial<TestRefundNotice> = {}): IncomingNotice =>
  incoming(
    printTestRefundNotice({
      key: MERCHANT.apiKey,
      appid: APPID,
      mchid: MCHID,
      outTradeNo: FIRST,
      totalFen: TOTAL_FEN,
      outRefundNo: outRefundNo('R1'),
      refundFen,
      refundedAtMs: OPENED_MS + 60_000,
      ...changes,
    }),
  );

/** What asking WeChat Pay about a refund brings. */
export type RefundLook = (signal?: AbortSignal) => Promise<GatewayOutcome<RefundReport | 'not-found'>>;

/** A store with the sample order in it, and the receiving side around it. */
export interface InboundWorld {
  readonly store: Store;
  readonly clock: VirtualClock;
  readonly events: readonly KeeperEvent[];
  /** How often WeChat Pay was asked about a refund. */
  readonly looks: readonly string[];
  readonly receive: (notice: IncomingNotice) => Promise<NoticeReply>;
  /** Something else that happens to the order. */
  readonly observe: (observation: Observation) => Promise<void>;
  readonly order: () => Promise<Order>;
  readonly timeline: () => Promise<readonly TimelineEntry[]>;
}

/** How a world differs from the usual one. */
export interface WorldChanges {
  readonly wish?: Partial<OrderWish>;
  readonly merchant?: Partial<Merchant>;
  /** What the merchant has for the notices of each protocol; default the classic one alone. */
  readonly readers?: (parts: { readonly v2: Merchant; readonly clock: VirtualClock }) => NoticeReaders;
  readonly look?: RefundLook;
  readonly limits?: CallLimits;
  /** Stands between the receiving side and the store. */
  readonly wrapStore?: (store: Store) => Store;
}

const ID = orderId('order-1');

const notExpected = (): never => {
  throw new Error('the receiving side asks about refunds and nothing else');
};

function gatewayOf(look: RefundLook, looks: string[]): PaymentGateway {
  return {
    outTradeNoLengthMin: 1,
    check: notExpected,
    checkRefund: notExpected,
    place: notExpected,
    micropay: notExpected,
    query: notExpected,
    close: notExpected,
    reverse: notExpected,
    refund: notExpected,
    queryRefund: (name, signal) => {
      looks.push(name.outRefundNo);
      return look(signal);
    },
    paymentParameters: notExpected,
  };
}

const change = (decision: Change['decision']): Change => ({
  decision,
  entry: { atMs: OPENED_MS, source: 'test', observation: '{}' },
});

/** Creates an {@link InboundWorld}: one open order over 19.90 CNY, placed. */
export async function createInboundWorld(changes: WorldChanges = {}): Promise<InboundWorld> {
  const { look = notExpected, wrapStore = (same) => same, readers = ({ v2 }) => ({ v2 }) } = changes;
  const store = openOrThrow({ path: ':memory:', gather: queueMicrotask });
  const clock = createVirtualClock({ startMs: OPENED_MS + 30_000 });
  const opened = openOrder(orderWish(changes.wish ?? {}), { nowMs: OPENED_MS, rules: RULES });
  if (!opened.ok) throw new Error(opened.message);
  await store.insert(change(opened.value));
  const events: KeeperEvent[] = [];
  const looks: string[] = [];
  const merchant = { ...MERCHANT, ...changes.merchant };
  const account = { mchid: MCHID, appid: APPID, protocol: 'v2', chargesBy: 'v2' } as const;
  const context: InboundContext = {
    store: wrapStore(store),
    clock,
    random: createSeededRandom(1),
    merchants: new Map([
      [MCHID, keptMerchant({ account, gateways: { v2: gatewayOf(look, looks) }, rules: () => RULES })],
    ]),
    readers: new Map<Mchid, NoticeReaders>([[MCHID, readers({ v2: merchant, clock })]]),
    leaseOwner: 'test',
    observe: (event) => {
      events.push(event);
    },
    wake: () => {},
    budget: createBudget(() => changes.limits ?? CALL_LIMITS_DEFAULT),
    track: () => {},
    destinations: () => [],
  };
  const observe = async (observation: Observation): Promise<void> => {
    await store.change(ID, (order) => change(decide(order, observation, clock.nowMs(), RULES)));
  };
  await observe(placed());
  const order = async (): Promise<Order> => {
    const found = await store.find(ID);
    if (found === undefined) throw new Error('the order of this world is gone');
    return found;
  };
  return {
    store,
    clock,
    events,
    looks,
    receive: (notice) => receiveNotice(notice, context),
    observe,
    order,
    timeline: () => store.timeline(ID),
  };
}
