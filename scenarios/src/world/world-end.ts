import type { KeeperEvent, Order, StoredEvent } from '@orderkeeper/keeper';
import type { Call, NoticeRecord, SimOrder, SimRefund } from '@orderkeeper/simulator';
import type { WorldPlan } from '../plan/plan.ts';
import type { HandedOut } from './deeds.ts';

/** Both books as they are when a world has come to rest, and what happened on the way. */
export interface WorldEnd {
  readonly plan: WorldPlan;
  /** The keeper's book. */
  readonly orders: readonly Order[];
  /** Duties that are left. */
  readonly duties: ReadonlyMap<string, readonly string[]>;
  /** WeChat Pay's book. */
  readonly ledger: readonly SimOrder[];
  readonly ledgerRefunds: readonly SimRefund[];
  readonly calls: readonly Call[];
  readonly notices: readonly NoticeRecord[];
  /** Every event that the shop's system has understood, duplicates included. */
  readonly heard: readonly StoredEvent[];
  /** What was written down; it also goes on to say how everything ended. */
  readonly story: readonly string[];
  readonly handedOut: readonly HandedOut[];
  readonly observed: readonly KeeperEvent[];
  readonly crashes: number;
  readonly storeFailures: number;
  readonly rest: 'at-rest' | 'not-at-rest';
  readonly tookMs: number;
}

/** A world that was run. */
export interface WorldRun {
  readonly end: WorldEnd;
  readonly story: readonly string[];
  readonly digest: string;
}
