import type { Clock, Http, Random } from '@orderkeeper/ports';
import { type Mchid, ok } from '@orderkeeper/protocol';
import { checkRules } from './core/check-rules.ts';
import { DEFAULT_RULES, type Rules } from './core/rules.ts';
import { type Connection, connectMerchant } from './gateway/connect-merchant.ts';
import type { InboundContext } from './inbound/inbound-context.ts';
import { type NoticeReaders, noticeReadersOf } from './inbound/notice-readers.ts';
import { receiveNotice } from './inbound/receive-notice.ts';
import type { Keeper } from './keeper.ts';
import { accountOf, type KeeperMerchant, type MerchantAccount } from './keeper-merchant.ts';
import { ask } from './operations/ask.ts';
import { close } from './operations/close.ts';
import { explain } from './operations/explain.ts';
import { micropay } from './operations/micropay.ts';
import { openOrder } from './operations/open-order.ts';
import { payAgain } from './operations/pay-again.ts';
import { paymentParameters } from './operations/payment-parameters.ts';
import { refund } from './operations/refund.ts';
import { timeline } from './operations/timeline.ts';
import { findOrder, noSuchMerchant } from './operations/wish.ts';
import { createEndpointDestination } from './outbound/endpoint-destination.ts';
import type { Endpoint } from './outbound/endpoint.ts';
import { createHandlers } from './outbound/handlers.ts';
import type { Store } from './store/store.ts';
import { createBudget } from './work/budget.ts';
import { CALL_LIMITS_DEFAULT, type CallLimits } from './core/call-limits.ts';
import { guardedObserver, type ObserveKeeper } from './observe/keeper-event.ts';
import { createNoticeWatch } from './work/losing-notices.ts';
import { replanOpenOrders } from './work/replan.ts';
import { createRunner, RUNNER_SETTINGS_DEFAULT, type RunnerSettings } from './work/runner.ts';
import { keptMerchant, type KeptMerchant } from './work/kept-merchant.ts';
import { wholeClock } from './work/whole-clock.ts';
import { CALL_DEADLINE_MS } from './work/work-context.ts';

/** Settings of {@link createKeeper}. */
export interface KeeperSettings {
  readonly merchants: readonly KeeperMerchant[];
  readonly store: Store;
  readonly http: Http;
  /** Parts of a millisecond are cut off. */
  readonly clock: Clock;
  readonly random: Random;
  /** Where the rules of all merchants differ from {@link DEFAULT_RULES}. */
  readonly rules?: Partial<Rules>;
  readonly runner?: Partial<RunnerSettings>;
  /** Addresses of the merchants' systems that are told of events, beside the handlers in this process. */
  readonly endpoints?: readonly Endpoint[];
  /** Gets what happens, for logs, metrics and traces; never a secret. */
  readonly observe?: ObserveKeeper;
}

const OWNER_BYTES = 8;

/**
 * Creates a keeper. It does nothing by itself before `start`; several may share one store. Throws for a merchant that is
 * named twice, or that is not the same one in both of its protocols, and for rules that are no whole milliseconds.
 */
export function createKeeper(settings: KeeperSettings): Keeper {
  const { store, http, random, endpoints = [] } = settings;
  const clock = wholeClock(settings.clock);
  const observe = guardedObserver(settings.observe ?? (() => {}));
  const watch = createNoticeWatch(store);
  const connected = connectMerchants({ ...settings, clock });
  const merchants = keptMerchants(connected, settings, watch.noticesOf);
  const handlers = createHandlers(clock);
  const told = endpoints.map((endpoint) => createEndpointDestination(endpoint, { http, clock, observe }));
  const tracked = new Set<Promise<unknown>>();
  const context: InboundContext = {
    store,
    clock,
    random,
    merchants,
    readers: new Map(connected.map(({ account, readers }) => [account.mchid, readers])),
    leaseOwner: Buffer.from(random.bytes(OWNER_BYTES)).toString('hex'),
    budget: createBudget((mchid) => limitsOf(connected, mchid)),
    observe,
    wake: (dueAtMs) => runner.wake(dueAtMs),
    track: (work) => {
      const settled = work.catch(() => {}).finally(() => tracked.delete(settled));
      tracked.add(settled);
    },
    destinations: () => [...handlers.destinations(), ...told],
  };
  const runner = createRunner({
    context,
    settings: { ...RUNNER_SETTINGS_DEFAULT, ...settings.runner },
    beforeRound: async () => {
      const nowMs = clock.nowMs();
      for (const changed of await watch.check(merchants.keys(), nowMs)) {
        context.observe({ kind: 'notices-measured', atMs: nowMs, ...changed });
        if (changed.notices === 'being-lost') context.track(replanOpenOrders(context, changed.mchid));
      }
    },
  });
  return {
    openOrder: (request) => openOrder(context, request),
    micropay: (request) => micropay(context, request),
    paymentParameters: (orderId) => paymentParameters(context, orderId),
    payAgain: (orderId, change) => payAgain(context, orderId, change),
    show: (orderId) => findOrder(context, orderId),
    list: (request) => store.list(request),
    ask: (orderId) => ask(context, orderId),
    close: (orderId, because) => close(context, orderId, because),
    refund: (request) => refund(context, request),
    timeline: (orderId) => timeline(context, orderId),
    explain: (orderId) => explain(context, orderId),
    noticeMeasure: async (mchid) =>
      merchants.has(mchid) ? ok(await watch.measure(mchid, clock.nowMs())) : noSuchMerchant(mchid),
    receiveNotice: (notice) => receiveNotice(notice, context),
    on: handlers.on,
    runDue: runner.runDue,
    start: runner.start,
    stop: async () => {
      await runner.stop();
      await Promise.all(tracked);
    },
  };
}

interface ConnectedMerchant extends Connection {
  readonly merchant: KeeperMerchant;
  readonly account: MerchantAccount;
  readonly readers: NoticeReaders;
}

function connectMerchants({ merchants, http, clock, random }: KeeperSettings): readonly ConnectedMerchant[] {
  const named = new Set<Mchid>();
  return merchants.map((merchant) => {
    const account = accountOf(merchant);
    const { mchid } = account;
    if (named.has(mchid)) throw new Error(`merchant ${mchid} is named twice; merchants are told apart by their mchid`);
    named.add(mchid);
    const connection = connectMerchant({ merchant, http, clock, random, deadlineMs: CALL_DEADLINE_MS });
    return { ...connection, merchant, account, readers: noticeReadersOf(merchant.speaks, connection) };
  });
}

function keptMerchants(
  connected: readonly ConnectedMerchant[],
  settings: KeeperSettings,
  noticesOf: (mchid: Mchid) => Rules['notices'],
): ReadonlyMap<Mchid, KeptMerchant> {
  return new Map(
    connected.map(({ merchant, account, gateways }) => {
      const own: Rules = { ...DEFAULT_RULES, ...settings.rules, ...merchant.rules };
      const checked = checkRules(own);
      if (!checked.ok) throw new Error(`merchant ${account.mchid}: ${checked.message}`);
      const rules = (): Rules => ({ ...own, notices: noticesOf(account.mchid) });
      return [account.mchid, keptMerchant({ account, gateways, rules })];
    }),
  );
}

const limitsOf = (connected: readonly ConnectedMerchant[], mchid: Mchid): CallLimits =>
  connected.find(({ account }) => account.mchid === mchid)?.merchant.callLimits ?? CALL_LIMITS_DEFAULT;
