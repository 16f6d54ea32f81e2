import type { FaultPlan, KeyMode, Settings, Switches } from '@orderkeeper/simulator';

/** Which of WeChat Pay's protocols an attempt speaks. */
export type Protocol = 'v2' | 'v3';

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
  /** Without a protocol the shop's default counts. */
  | { readonly deed: 'pay-again'; readonly tradeType: PlannedTradeType; readonly protocol?: Protocol }
  | { readonly deed: 'close' }
  /** `share` of the order's amount; two with the same `part` are the same refund, asked for again. */
  | { readonly deed: 'refund'; readonly part: number; readonly share: number }
  /** Money that was under way at the bank reaches an attempt which WeChat Pay had closed already. */
  | { readonly deed: 'late-money' }
  /** A person says where the money of refunds goes that could not be given back. */
  | { readonly deed: 'send-on' };

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
  readonly protocol: Protocol;
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
  | {
      readonly kind: 'strange-notice';
      readonly atMs: number;
      readonly orderId: string;
      readonly protocol: Protocol;
      readonly how: StrangeNotice;
      /** One after the other, two seconds apart. */
      readonly times: number;
    }
  /** WeChat Pay begins to use a new certificate, and ends using the old one some time later. */
  | { readonly kind: 'key-rotation'; readonly issuedAtMs: number; readonly retiredAtMs: number }
  /** The shop goes over from certificates to the public key. Careful ones configure it before WeChat Pay uses it. */
  | {
      readonly kind: 'key-switch';
      readonly configuredAtMs: number;
      /** From when on WeChat Pay signs with either, and with nothing else. */
      readonly switchingAtMs: number;
      readonly publicKeyOnlyAtMs: number;
    }
  /** The merchant's system does not take the n-th event it is sent; it may have understood it all the same. */
  | { readonly kind: 'deaf-receiver'; readonly nth: number; readonly times: number; readonly understood: 'yes' | 'no' }
);

/**
 * A probe of WeChat Pay itself, a message signed with another key, one that says less than nothing, or the bytes of one
 * that was applied. APIv3: in the name of a certificate that nobody has; truly signed and sealed for another merchant.
 */
export type StrangeNotice = 'probe' | 'forged' | 'garbage' | 'replayed' | 'unknown-certificate' | 'sealed-for-another';

/** With what the shop verifies messages of APIv3: certificates that are fetched, or a public key in its configuration. */
export type ShopKeys = 'certificates' | 'public-key';

/** A whole world as data: the same plan is the same run, and a part of a plan is a plan. */
export interface WorldPlan {
  readonly seed: number;
  /** How far the clock of each keeper is ahead of WeChat Pay's; one keeper per entry. */
  readonly clocksAheadMs: readonly number[];
  /** After how long a keeper notices what another one has scheduled. */
  readonly pollEveryMs: number;
  readonly switches: Partial<Switches>;
  readonly settings: Partial<Settings>;
  /** With what APIv3 is signed when the world begins, and what the shop has for it. */
  readonly keys: { readonly mode: KeyMode; readonly shopHas: ShopKeys };
  readonly orders: readonly OrderPlan[];
  readonly mishaps: readonly Mishap[];
}
