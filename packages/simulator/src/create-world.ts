import type { CancelTimer, Clock, Random } from '@orderkeeper/ports';
import type { CertifiedKey } from './credentials/certificates.ts';
import { createCallLog } from './ledger/call-log.ts';
import { createEvents } from './ledger/events.ts';
import { createIds } from './ledger/ids.ts';
import { createLedger } from './ledger/ledger.ts';
import { defaultSettings, defaultSwitches, type Settings, type Switches } from './switches.ts';
import { createPlatformKeys, type PlatformIdentity } from './v3/keys/platform-keys.ts';
import { createMemory } from './v3/memory.ts';
import type { ToldAnswer, ToldNotice } from './v3/v3-state.ts';
import type { BillOffice, CallFaults, SimMerchant, World } from './world.ts';

/** What a world is made of. */
export interface WorldOptions {
  readonly clock: Clock;
  /** Default: `clock`. */
  readonly baseClock?: Clock;
  readonly random: Random;
  readonly merchants: readonly SimMerchant[];
  readonly switches?: Partial<Switches>;
  readonly settings?: Partial<Settings>;
  /** Default: no faults. */
  readonly faults?: CallFaults;
  /** Default: no bill exists. */
  readonly bills?: (world: World) => BillOffice;
  readonly certificateAuthorityPem?: string;
  /** What answers and notices of APIv3 are signed with; without it there is no APIv3. */
  readonly platform?: PlatformIdentity;
  /** Makes the platform certificates that follow the first, when their time has come; without it there is only that one. */
  readonly issuePlatform?: (atMs: number) => CertifiedKey;
}

/** A world, and the two ways it ends. */
export interface WorldHandle {
  readonly world: World;
  /** Empties the book, the calls and the plans, and cancels every timer; merchants, switches and settings stay. */
  readonly reset: () => void;
}

const NO_FAULTS: CallFaults = { match: () => [] };
const NO_BILLS: BillOffice = { tradeBill: () => ({ kind: 'none' }), fundFlowBill: () => ({ kind: 'none' }) };

/** Creates an empty world. */
export function createWorld(options: WorldOptions): WorldHandle {
  const { clock, random, bills } = options;
  const timers = new Set<CancelTimer>();
  const ledger = createLedger();
  const sandboxLedgers = { old: createLedger(), new: createLedger() };
  const switches = { ...defaultSwitches(), ...options.switches };
  const { issuePlatform } = options;
  const renewal = {
    nowMs: () => clock.nowMs(),
    switches,
    ...(issuePlatform === undefined ? {} : { issue: issuePlatform }),
  };
  const parts = {
    clock,
    baseClock: options.baseClock ?? clock,
    random,
    switches,
    settings: { ...defaultSettings(), ...options.settings },
    merchants: new Map(options.merchants.map((merchant) => [merchant.mchid, merchant])),
    ledger,
    sandboxLedgers,
    events: createEvents(),
    calls: createCallLog(),
    faults: options.faults ?? NO_FAULTS,
    ids: createIds(clock, random),
    authCodes: new Map(),
    usedAuthCodes: new Set<string>(),
    openids: new Map(),
    bills: NO_BILLS,
    v3: {
      billLinks: new Map(),
      nonces: new Set<string>(),
      answers: createMemory<ToldAnswer>(),
      notices: createMemory<ToldNotice>(),
      ...(options.platform === undefined ? {} : { keys: createPlatformKeys(options.platform, random, renewal) }),
    },
    ...(options.certificateAuthorityPem === undefined
      ? {}
      : { certificateAuthorityPem: options.certificateAuthorityPem }),
    schedule: (delayMs: number, task: () => void): CancelTimer => {
      const cancel = clock.after(delayMs, () => {
        timers.delete(cancel);
        task();
      });
      timers.add(cancel);
      return () => {
        timers.delete(cancel);
        cancel();
      };
    },
  } satisfies World;
  const world: World = bills === undefined ? parts : { ...parts, bills: bills(parts) };
  return {
    world,
    reset: () => {
      for (const cancel of timers) cancel();
      timers.clear();
      for (const book of [ledger, sandboxLedgers.old, sandboxLedgers.new]) book.clear();
      world.calls.clear();
      world.authCodes.clear();
      world.usedAuthCodes.clear();
      world.openids.clear();
      world.v3.billLinks.clear();
      world.v3.nonces.clear();
      world.v3.answers.clear();
      world.v3.notices.clear();
    },
  };
}
