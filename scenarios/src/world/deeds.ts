import type { KeeperReason, MicropayRequest, OpenedOrder, OpenOrderRequest } from '@orderkeeper/keeper';
import { parseOrderId } from '@orderkeeper/keeper';
import { type Clock, sleep } from '@orderkeeper/ports';
import { type Fen, parseFen, parseMchid, parseOpenid, parseOutRefundNo, type Result } from '@orderkeeper/protocol';
import type { Simulator } from '@orderkeeper/simulator';
import type { Act, Deed, OrderPlan, Phone, PlannedTradeType, Protocol } from '../plan/plan.ts';
import { type Counter, entryOf, type PaymentParameters } from './counter.ts';
import { sendRefundsOn } from './send-refunds-on.ts';
import { ACCOUNT, given, type ShopConfiguration } from './shop.ts';

/** What a shop and its payers work with. */
export interface Street {
  readonly clock: Clock;
  readonly startMs: number;
  readonly simulator: Simulator;
  readonly counter: Counter;
  readonly note: (line: string) => void;
  /** As it is now. */
  readonly configuration: () => ShopConfiguration;
  /** Every entry to the cashier that was given to a payer, with the moment; the simulator knows its attempt. */
  readonly handedOut: HandedOut[];
}

/** Parameters that the shop has given to a payer. */
export interface HandedOut {
  readonly orderId: string;
  readonly outTradeNo: string;
  readonly entry: string;
  readonly askedAtMs: number;
  readonly atMs: number;
}

const MCHID = given(parseMchid(ACCOUNT.mchid));
const PAYER_IP = '203.0.113.7';
const OPENID = given(parseOpenid('oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'));
const SCENE_INFO = '{"h5_info":{"type":"Wap","wap_url":"https://shop.example","wap_name":"tea"}}';

const PARAMETERS_ASKED_MAX = 6;
const ASK_PARAMETERS_EVERY_MS = 5_000;

/** Opens one order and does everything that its plan says, each at its moment. */
export function liveOrder(street: Street, plan: OrderPlan): void {
  const { clock, startMs } = street;
  clock.after(startMs + plan.wantedAtMs - clock.nowMs(), () => void openOrder(street, plan));
  for (const act of plan.acts) {
    clock.after(startMs + plan.wantedAtMs + act.afterMs - clock.nowMs(), () => void doDeed(street, plan, act));
  }
}

const fenOf = (amount: number): Fen => given(parseFen(String(amount)));
const idOf = ({ id }: OrderPlan) => given(parseOrderId(id));
const entriesOf = ({ handedOut }: Street, { id }: OrderPlan) => handedOut.filter(({ orderId }) => orderId === id);

async function openOrder(street: Street, plan: OrderPlan): Promise<void> {
  const askedAtMs = street.clock.nowMs();
  if (plan.tradeType === 'MICROPAY') {
    await charge(street, plan, { ending: plan.codeEnding, nth: 1, protocol: plan.protocol });
    return;
  }
  const request = wishOf(plan, street.startMs, plan.tradeType);
  const opened = await street.counter.ask(`open ${plan.id}`, (keeper) => keeper.openOrder(request));
  const parameters = noteOpened(street, plan, 'open', opened, askedAtMs);
  if (parameters === 'none-yet') await askParameters(street, plan);
}

function wishOf(plan: OrderPlan, startMs: number, tradeType: Exclude<PlannedTradeType, 'MICROPAY'>): OpenOrderRequest {
  const { totalFen, wantedAtMs, lifetimeMs, latePayment, protocol } = plan;
  return {
    orderId: idOf(plan),
    mchid: MCHID,
    totalFen: fenOf(totalFen),
    description: 'tea',
    tradeType,
    protocol,
    expiresAtMs: startMs + wantedAtMs + lifetimeMs,
    payerIp: PAYER_IP,
    latePayment,
    ...wayOf(tradeType),
  };
}

const wayOf = (tradeType: PlannedTradeType) =>
  tradeType === 'JSAPI' ? { openid: OPENID } : tradeType === 'MWEB' ? { sceneInfo: SCENE_INFO } : {};

/** A payer's code, and in which protocol it is charged. */
interface Charge {
  readonly ending: string;
  readonly nth: number;
  readonly protocol?: Protocol | undefined;
}

async function charge(street: Street, plan: OrderPlan, { ending, nth, protocol }: Charge): Promise<void> {
  const request: MicropayRequest = {
    orderId: idOf(plan),
    mchid: MCHID,
    totalFen: fenOf(plan.totalFen),
    description: 'tea',
    authCode: `13${String(nth).padStart(2, '0')}${plan.id.slice(1).padStart(10, '0')}${ending}`,
    payerIp: PAYER_IP,
    ...(protocol === undefined ? {} : { protocol }),
  };
  const charged = await street.counter.ask(`charge ${plan.id}`, (keeper) => keeper.micropay(request));
  noteOpened(street, plan, 'charge', charged, street.clock.nowMs());
}

async function askParameters(street: Street, plan: OrderPlan): Promise<void> {
  for (let asked = 0; asked < PARAMETERS_ASKED_MAX; asked += 1) {
    const askedAtMs = street.clock.nowMs();
    const answer = await street.counter.ask(`parameters ${plan.id}`, (keeper) => keeper.paymentParameters(idOf(plan)));
    if (answer === 'given-up') return;
    street.note(`${plan.id} parameters: ${answer.ok ? 'given' : answer.reason}`);
    if (answer.ok) return handOut(street, plan, answer.value, askedAtMs);
    await sleep(street.clock, ASK_PARAMETERS_EVERY_MS);
  }
}

type Opened = Result<OpenedOrder, KeeperReason> | 'given-up';

function noteOpened(street: Street, plan: OrderPlan, what: string, opened: Opened, askedAtMs: number): string {
  if (opened === 'given-up' || !opened.ok) {
    street.note(`${plan.id} ${what}: ${opened === 'given-up' ? opened : opened.reason}`);
    return 'none';
  }
  const { order, parameters } = opened.value;
  street.note(`${plan.id} ${what}: ${order.state}, ${parameters === undefined ? 'no parameters' : 'parameters'}`);
  if (parameters === undefined) return 'none-yet';
  handOut(street, plan, parameters, askedAtMs);
  return 'given';
}

function handOut(street: Street, plan: OrderPlan, parameters: PaymentParameters, askedAtMs: number): void {
  const entry = entryOf(parameters);
  const outTradeNo = street.simulator.world.ledger.orderByEntry(entry)?.outTradeNo ?? 'unknown';
  street.handedOut.push({ orderId: plan.id, outTradeNo, entry, askedAtMs, atMs: street.clock.nowMs() });
}

async function doDeed(street: Street, plan: OrderPlan, { deed }: Act): Promise<void> {
  switch (deed.deed) {
    case 'scan':
    case 'pay':
    case 'cancel':
    case 'fail':
      return payerDeed(street, plan, deed.deed, deed.phone);
    case 'return': {
      const asked = await street.counter.ask(`ask ${plan.id}`, (keeper) => keeper.ask(idOf(plan)));
      return noteAnswer(street, plan, 'the payer is back', asked);
    }
    case 'parameters':
      return askParameters(street, plan);
    case 'pay-again':
      return payAgain(street, plan, deed);
    case 'close': {
      const closed = await street.counter.ask(`close ${plan.id}`, (keeper) => keeper.close(idOf(plan), 'asked'));
      return noteAnswer(street, plan, 'close', closed);
    }
    case 'refund':
      return refund(street, plan, deed);
    case 'late-money':
      return lateMoney(street, plan);
    case 'send-on':
      return sendRefundsOn(street, plan);
  }
}

function noteAnswer(street: Street, plan: OrderPlan, what: string, answer: Result<unknown, string> | 'given-up'): void {
  const came = answer === 'given-up' ? answer : answer.ok ? 'done' : answer.reason;
  street.note(`${plan.id} ${what}: ${came}`);
}

function payerDeed(street: Street, plan: OrderPlan, deed: 'scan' | 'pay' | 'cancel' | 'fail', phone: Phone): void {
  const entries = entriesOf(street, plan);
  const held = phone === 'first' ? entries[0] : entries.at(-1);
  if (held === undefined) return street.note(`${plan.id} the payer has nothing to ${deed} with`);
  const done = street.simulator.payer[deed]({ outTradeNo: held.outTradeNo });
  street.note(`${held.outTradeNo} the payer: ${deed}, ${done.ok ? done.value.state : done.reason}`);
}

async function payAgain(street: Street, plan: OrderPlan, deed: Extract<Deed, { deed: 'pay-again' }>): Promise<void> {
  const askedAtMs = street.clock.nowMs();
  const { tradeType, protocol } = deed;
  if (tradeType === 'MICROPAY') return charge(street, plan, { ending: '0001', nth: 2, protocol });
  const change = { tradeType, ...wayOf(tradeType), ...(protocol === undefined ? {} : { protocol }) };
  const again = await street.counter.ask(`again ${plan.id}`, (keeper) => keeper.payAgain(idOf(plan), change));
  noteOpened(street, plan, `pay again by ${tradeType}`, again, askedAtMs);
}

async function refund(street: Street, plan: OrderPlan, deed: Extract<Deed, { deed: 'refund' }>): Promise<void> {
  const request = {
    orderId: idOf(plan),
    outRefundNo: given(parseOutRefundNo(`R-${plan.id}-${deed.part}`)),
    refundFen: fenOf(Math.max(1, Math.floor(plan.totalFen * deed.share))),
  };
  const answer = await street.counter.ask(`refund ${plan.id}`, (keeper) => keeper.refund(request));
  noteAnswer(street, plan, `refund ${deed.part} of ${request.refundFen} fen`, answer);
}

/** A bank was slower than a close: merchants have seen it, and the keeper must never lose money by it (R10, R11). */
function lateMoney(street: Street, plan: OrderPlan): void {
  const [held] = entriesOf(street, plan);
  if (held === undefined) return street.note(`${plan.id} late money: nobody has anything to pay with`);
  const { outTradeNo } = held;
  const isClosed = street.simulator.world.ledger.order(ACCOUNT.mchid, outTradeNo)?.state === 'CLOSED';
  if (!isClosed) return street.note(`${plan.id} late money: ${outTradeNo} is not closed`);
  const paid = street.simulator.payer.pay({ outTradeNo }, { late: 'allowed' });
  street.note(`${plan.id} late money under ${outTradeNo}: ${paid.ok ? paid.value.state : paid.reason}`);
}
