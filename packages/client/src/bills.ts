import type { HttpTimeLimits } from '@orderkeeper/ports';
import { readFundFlowBill, readTradeBill } from '@orderkeeper/protocol';
import type { Verdict } from './core/verdict.ts';

/** A bill as text in UTF-8, unpacked, and what is in it. */
interface Bill<Items> {
  /** The bill as text in UTF-8, unpacked. */
  readonly bytes: Uint8Array;
  /** Reads the bill from its start: rows, flaws among them, then the summary. */
  readonly items: () => Items;
}

/** A trade bill. */
export type TradeBill = Bill<ReturnType<typeof readTradeBill>>;

/** A fund-flow bill. */
export type FundFlowBill = Bill<ReturnType<typeof readFundFlowBill>>;

/** A trade bill of these bytes. */
export const tradeBillOf = (bytes: Uint8Array): TradeBill => ({ bytes, items: () => readTradeBill([bytes]) });

/** A fund-flow bill of these bytes. */
export const fundFlowBillOf = (bytes: Uint8Array): FundFlowBill => ({ bytes, items: () => readFundFlowBill([bytes]) });

/** A bill may have hundreds of megabytes: it gets a minute to arrive, and the call two. */
export const BILL_TIME_LIMITS: HttpTimeLimits = { connectMs: 6_000, answerMs: 60_000 };

/** See {@link BILL_TIME_LIMITS}. */
export const BILL_DEADLINE_MS = 120_000;

/** A bill that is not what it should be. */
export const damagedBill = (message: string): Verdict<never> => ({
  kind: 'unusable',
  reason: 'damaged',
  status: 200,
  message,
});
