import type { Clock, Random } from '@orderkeeper/ports';
import type { Mchid } from '@orderkeeper/protocol';
import type { Store } from '../store/store.ts';
import type { Budget } from './budget.ts';
import type { Destination } from './destination.ts';
import type { ObserveKeeper } from '../observe/keeper-event.ts';
import type { KeptMerchant } from './kept-merchant.ts';

/**
 * How long a claimed duty belongs to its process. Longer than any call that a duty makes, so that a living process is
 * never overtaken; after it, whatever became of the process, the duty simply comes due again (R16).
 */
export const LEASE_MS = 60_000;

/** A call of a duty has its outcome by then; a duty may begin when half its lease is over. */
export const CALL_DEADLINE_MS = LEASE_MS / 2 - 5_000;

/** Everything that duties and operations work with. */
export interface WorkContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly merchants: ReadonlyMap<Mchid, KeptMerchant>;
  /** Names this process among those that share the store. */
  readonly leaseOwner: string;
  readonly observe: ObserveKeeper;
  /** Something in the store comes due at this moment. */
  readonly wake: (dueAtMs: number) => void;
  /** Counts the calls of each merchant (R18). */
  readonly budget: Budget;
  /** Work that goes on by itself: stopping waits for it. */
  readonly track: (work: Promise<unknown>) => void;
  /** Who is told of events, by name. */
  readonly destinations: () => readonly Destination[];
}

/** The merchant of a stored order. Throws when this process was not configured for it: see the runner, which asks first. */
export function merchantOf(context: Pick<WorkContext, 'merchants'>, mchid: Mchid): KeptMerchant {
  const merchant = context.merchants.get(mchid);
  if (merchant === undefined) throw new Error(`merchant ${mchid} is not among those this keeper was created with`);
  return merchant;
}
