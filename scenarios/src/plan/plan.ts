import type { FaultPlan, Settings, Switches } from '@orderkeeper/simulator';

/** How an order is paid. */
export type PlannedTradeType = 'JSAPI' | 'NATIVE' | 'APP' | 'MWEB' | 'MICROPAY';

/** Which parameters a payer's phone holds: the first that the shop gave out for the order, or the newest. */
export type Phone = 'first' | 'newest';

/** What a payer or the shop does about an order. */
export type Deed =
  | { readonly deed: 'scan' | 'pay' | 'cancel' | 'fail'; readonly phone: Phone }
  /** The payer's client comes back to the shop and asks. */
  | { readonly deed: 'return' }
  | { readonly deed: 'parameters' }
  | { readonly deed: 'pay-again'; readonly tradeType: PlannedTradeType }
  | { readonly deed: 'close' }
  /** `share` of the order's amount; two with the same `part` are the same refund, asked for again. */
  | { readonly deed: 'refund'; readonly part: number; readonly share: number }
  /** Money that was under way at the bank reaches an attempt which WeChat Pay had closed already. */
  | { readonly deed: 'late-money' };

/** A deed and its moment. */
export interface Act {
  readonly id: string;
  /** After the order was wanted. */
  readonly afterMs: number;
  readonly deed: Deed;
}

/** An order that the shop opens, and what is done about it. */
export interface OrderPlan {
  readonly id: string;
  readonly wantedAtMs: number;
  readonly tradeType: PlannedTradeType;
  readonly totalFen: number;
  readonly lifetimeMs: number;
  readonly latePayment: 'refund' | 'reopen';
  /** MICROPAY: the last four digits of the payer's code, which say how it ends at the simulator. */
  readonly codeEnding: string;
  readonly acts: readonly Act[];
}

/** Something that goes wrong on purpose. Moments are counted from the beginning of the world. */
export type Mishap = { readonly id: string } & (
  | { readonly kind: 'fault'; readonly fromMs: number; readonly untilMs: number; readonly fault: FaultPlan }
  /** The process dies at its n-th step, before or after it is done, and is started again later. */
  | {
      readonly kind: 'crash';
      readonly keeper: number;
      readonly step: number;
      readonly moment: 'before' | 'after';
      readonly downMs: number;
    }
  /** The n-th step fails, if it is one of the store: nothing of it is kept. */
  | { readonly kind: 'store-failure'; readonly keeper: number; readonly step: number }
  /** The process is stopped in good order, and started again later. */
  | { readonly kind: 'restart'; readonly keeper: number; readonly atMs: number; readonly downMs: number }
  /** Somebody sends a message to the notify address. */
  | { readonly kind: 'strange-notice'; readonly atMs: number; readonly orderId: string; readonly how: StrangeNotice }
  /** The merchant's system does not take the n-th event it is sent; it may have understood it all the same. */
  | { readonly kind: 'deaf-receiver'; readonly nth: number; readonly times: number; readonly understood: 'yes' | 'no' }
);

/** A probe of WeChat Pay itself, a message signed with another key, or one that says less than nothing. */
export type StrangeNotice = 'probe' | 'forged' | 'garbage';

/** A whole world as data: the same plan is the same run, and a part of a plan is a plan. */
export interface WorldPlan {
  readonly seed: number;
  /** How far the clock of each keeper is ahead of WeChat Pay's; one keeper per entry. */
  readonly clocksAheadMs: readonly number[];
  /** After how long a keeper notices what another one has scheduled. */
  readonly pollEveryMs: number;
  readonly switches: Partial<Switches>;
  readonly settings: Partial<Settings>;
  readonly orders: readonly OrderPlan[];
  readonly mishaps: readonly Mishap[];
}
