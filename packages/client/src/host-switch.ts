import { firstHost, HEALTHY, type HostEvent, nextHealth } from './core/host-health.ts';
import type { Hosts } from './hosts.ts';

/** One of two hosts. */
export type HostRole = 'primary' | 'secondary';

/** Which host is asked, by what was learnt about them; one for each client and API. */
export interface HostSwitch {
  readonly count: 'one' | 'two';
  /** The host that a new call tries first. */
  readonly first: (nowMs: number) => HostRole;
  /** The host to turn to from another; the same where there is only one. */
  readonly other: (role: HostRole) => HostRole;
  readonly addressOf: (role: HostRole) => string;
  readonly note: (role: HostRole, event: HostEvent, nowMs: number) => void;
}

/** Creates a {@link HostSwitch} that holds nothing against its hosts. */
export function createHostSwitch({ primary, secondary }: Hosts): HostSwitch {
  let health = HEALTHY;
  return {
    count: secondary === undefined ? 'one' : 'two',
    first: (nowMs) => (secondary === undefined ? 'primary' : firstHost(health, nowMs)),
    other: (role) => (secondary === undefined || role === 'secondary' ? 'primary' : 'secondary'),
    addressOf: (role) => (role === 'secondary' && secondary !== undefined ? secondary : primary),
    note: (role, event, nowMs) => {
      if (role === 'primary') health = nextHealth(health, event, nowMs);
    },
  };
}
