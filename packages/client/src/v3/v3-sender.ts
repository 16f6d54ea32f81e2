import type { Line } from '../line.ts';
import type { ReplayMemory } from '../core/replay-memory.ts';
import type { UnsignedRefusals } from './judge.ts';
import type { KeyKeeper } from './keys.ts';
import type { V3Merchant } from './v3-merchant.ts';

/**
 * Where requests are signed. How long another thread takes is real time, which no clock that is passed in knows: where
 * everything is to happen in the same order each time, as in a simulation, it has to be `on-this-thread`.
 */
export type Signing = 'aside-when-busy' | 'on-this-thread';

/** A merchant's way to APIv3. */
export interface V3Sender extends Line<V3Merchant> {
  readonly keys: KeyKeeper;
  readonly replays: ReplayMemory;
  readonly unsignedRefusals: UnsignedRefusals;
  readonly signing: Signing;
}
