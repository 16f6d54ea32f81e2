import type { Ledger } from '../ledger/ledger.ts';
import type { SimMerchant, World } from '../world.ts';
import type { MemberRules } from './check-members.ts';
import type { JsonObject } from './json.ts';
import type { V3Outcome } from './outcome.ts';

/** Who calls about its own orders, or for a sub-merchant. */
export type V3Party = 'ordinary' | 'partner';

/** A call of APIv3 that has passed every check of the gateway. */
export interface V3Desk {
  readonly world: World;
  readonly ledger: Ledger;
  /** Who signed the request. */
  readonly merchant: SimMerchant;
  /** The names of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Empty where there is no body. */
  readonly body: JsonObject;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Under which scheme and host the call came. */
  readonly origin: string;
  readonly nowMs: number;
}

/** One operation of APIv3: where it is found, what it asks of a call, how it answers. */
export interface V3Operation {
  /** `v3/query-by-number`; faults and the list of calls use it. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** `/v3/pay/transactions/id/{transaction_id}`. */
  readonly path: string;
  /** Which words the refusals of an Authorization have; `early` paths also demand Accept and User-Agent first. */
  readonly refusals: 'pay' | 'early';
  /** Absent: codes are spelled as the switches say. Combined orders have a spelling of their own. */
  readonly spelling?: 'as-switched' | 'of-combine';
  readonly query: MemberRules;
  /** Absent where nothing is sent. */
  readonly body?: (world: World) => MemberRules;
  readonly run: (desk: V3Desk) => V3Outcome;
}
