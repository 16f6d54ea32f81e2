import type { ProtocolVersion } from '@orderkeeper/keeper';

/** What differs between the protocols for somebody who tells a story. */
export interface Wire {
  /** The operation that closes, as WeChat Pay calls it. */
  readonly close: string;
  /** The same, as the simulator calls it where faults are ordered and calls listed. */
  readonly closeAtSimulator: string;
  /** The operation that charges the code on a payer's phone. */
  readonly charge: string;
  /** The refusal of a close that comes after the payment. */
  readonly orderPaid: string;
  /** When a story has waited long enough for a close to be possible. */
  readonly closableAfterMs: number;
}

const MINUTE_MS = 60_000;

/** The classic API closes nothing younger than five minutes; APIv3 knows no such wait. */
export const WIRES: Readonly<Record<ProtocolVersion, Wire>> = {
  v2: {
    close: 'closeorder',
    closeAtSimulator: 'closeorder',
    charge: 'micropay',
    orderPaid: 'ORDERPAID',
    closableAfterMs: 6 * MINUTE_MS,
  },
  v3: {
    close: 'close',
    closeAtSimulator: 'v3/close',
    charge: 'codepay',
    orderPaid: 'ORDER_PAID',
    closableAfterMs: MINUTE_MS,
  },
};
