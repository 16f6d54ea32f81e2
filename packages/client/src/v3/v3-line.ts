import type { HttpTimeLimits } from '@orderkeeper/ports';
import type { HostSwitch } from '../host-switch.ts';
import type { CallWorld } from '../make-call.ts';
import type { V3Merchant } from './v3-merchant.ts';

/** A merchant's line to APIv3, before anything is known about keys. */
export interface V3Line {
  readonly merchant: V3Merchant;
  readonly world: CallWorld;
  readonly hosts: HostSwitch;
  readonly timeLimits: HttpTimeLimits;
  readonly deadlineMs: number;
}
