import type { KeeperEvent, Store } from '@orderkeeper/keeper';
import type { Clock } from '@orderkeeper/ports';
import type { Readiness } from '../http/service-desk.ts';

/** A worker looks at its store every second; one that did not for so long hangs. */
const WORKER_SILENT_MS_MAX = 60_000;
/** A probe writes, so nobody may have it written more often than this. */
const PROBE_EVERY_MS = 1_000;

/** Sees whether the worker works and the store takes writes. */
export interface WorkerWatch {
  /** The same store; what the worker asks of it is noticed. */
  readonly store: Store;
  readonly notice: (event: KeeperEvent) => void;
  readonly stopping: () => void;
  readonly readiness: () => Promise<Readiness>;
}

/** Watches over a store. `clock` is the machine's: a simulated one may stand still. */
export function watchWorker(store: Store, clock: Clock): WorkerWatch {
  let seenAtMs = clock.nowMs();
  let service: Readiness['service'] = 'running';
  let probe: { readonly atMs: number; readonly result: Promise<Readiness['store']> } | undefined;

  const probeStore = (): Promise<Readiness['store']> => {
    const nowMs = clock.nowMs();
    if (probe === undefined || nowMs - probe.atMs >= PROBE_EVERY_MS) probe = { atMs: nowMs, result: tryWriting(store) };
    return probe.result;
  };
  return {
    store: {
      ...store,
      nextDueAtMs: () => {
        seenAtMs = clock.nowMs();
        return store.nextDueAtMs();
      },
    },
    notice: ({ kind }) => {
      if (kind === 'duty-run') seenAtMs = clock.nowMs();
    },
    stopping: () => {
      service = 'stopping';
    },
    readiness: async () => ({
      store: await probeStore(),
      worker: clock.nowMs() - seenAtMs <= WORKER_SILENT_MS_MAX ? 'working' : 'stuck',
      service,
    }),
  };
}

/** Forgetting what is older than the beginning of time is a write that changes nothing. */
async function tryWriting(store: Store): Promise<Readiness['store']> {
  try {
    await store.forgetBefore(0);
    return 'writable';
  } catch {
    return 'failing';
  }
}
