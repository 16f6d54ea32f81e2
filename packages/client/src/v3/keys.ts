import type { Clock } from '@orderkeeper/ports';
import {
  addKeys,
  createKeyRing,
  type Failure,
  failure,
  type KeyRing,
  ok,
  PUBLIC_KEY_ID_PREFIX,
  type Result,
  type VerificationKey,
} from '@orderkeeper/protocol';
import { type FetchCause, type FetchHistory, mayFetch } from '../core/key-fetching.ts';
import type { Outcome } from '../outcome.ts';

/**
 * Why certificates were not fetched. All but `not-fetched` are about how the merchant is set up, and stay until that is
 * changed: it has no certificates, its APIv3 key does not open them, or WeChat Pay did not authenticate the request.
 */
export type KeysReason = 'no-certificates' | 'api-v3-key-wrong' | 'not-authenticated' | 'not-fetched';

/** What became of the ring. */
export type KeysResult = Result<KeyRing, KeysReason>;

/** The keys that answers and notices of WeChat Pay are verified with. */
export interface V3Keys {
  /** All keys known now. */
  readonly current: () => KeyRing;
  /**
   * Adds keys, which count from now on beside those that are there: a switch to the public key needs no restart. The
   * public key that was added last is the one that WeChat Pay is asked to sign with.
   */
  readonly add: (keys: Iterable<VerificationKey>) => void;
  /** Fetches the platform certificates now, whenever that was done last. */
  readonly refresh: () => Promise<KeysResult>;
}

/** {@link V3Keys} as calls use them. */
export interface KeyKeeper extends V3Keys {
  /** The public key that WeChat Pay is asked to sign with; none means certificates. */
  readonly announced: () => VerificationKey | undefined;
  /** Before a call: nothing where there are keys; else what fetching them comes to. Starts the fetch that is due by age. */
  readonly ready: () => Promise<KeysResult> | undefined;
  /** After a message of an unknown serial: the fetch that may bring its key; nothing where none could. */
  readonly look: (serial: string) => Promise<KeysResult> | undefined;
}

/** Settings of {@link createKeyKeeper}. */
export interface KeyKeeperSettings {
  readonly clock: Clock;
  readonly keys: readonly VerificationKey[];
  /** Calls for the certificates and answers with the larger ring. */
  readonly fetch: (ring: KeyRing, announced: VerificationKey | undefined) => Promise<Outcome<KeyRing>>;
}

/** Creates a {@link KeyKeeper}. There is one fetch at a time, and everybody waits for the same. */
export function createKeyKeeper({ clock, keys, fetch }: KeyKeeperSettings): KeyKeeper {
  let ring = createKeyRing([]);
  let announced: VerificationKey | undefined;
  let history: FetchHistory = {};
  let running: Promise<KeysResult> | undefined;
  let lastFailure: Failure<KeysReason> | undefined;

  const add = (more: Iterable<VerificationKey>): void => {
    const added = [...more];
    ring = addKeys(ring, added);
    announced = added.findLast(({ kind }) => kind === 'public-key') ?? announced;
    if (history.fetchedAtMs === undefined && added.some(({ kind }) => kind === 'certificate')) {
      history = { ...history, fetchedAtMs: clock.nowMs() };
    }
  };
  const fetchNow = async (): Promise<KeysResult> => {
    const outcome = await fetch(ring, announced);
    running = undefined;
    const end = outcome.attempts.some(({ status }) => status !== undefined) ? 'answered' : 'not-answered';
    history = { ...history, end };
    if (outcome.outcome !== 'done') {
      lastFailure = keysFailure(outcome);
      return lastFailure;
    }
    history = { ...history, fetchedAtMs: clock.nowMs() };
    // Keys may have been added in the meantime.
    ring = addKeys(ring, outcome.answer.values());
    return ok(ring);
  };
  const refresh = (): Promise<KeysResult> => {
    if (running === undefined) {
      history = { ...history, triedAtMs: clock.nowMs() };
      running = fetchNow();
    }
    return running;
  };
  const fetchFor = (cause: FetchCause): Promise<KeysResult> | undefined =>
    running ?? (mayFetch(cause, history, clock.nowMs()) ? refresh() : undefined);

  add(keys);
  return {
    current: () => ring,
    add,
    refresh,
    announced: () => announced,
    ready: () => {
      if (ring.size === 0) return fetchFor('no-keys') ?? Promise.resolve(lastFailure ?? ok(ring));
      if (mayFetch('age', history, clock.nowMs())) void refresh();
      return undefined;
    },
    look: (serial) => (serial.startsWith(PUBLIC_KEY_ID_PREFIX) ? undefined : fetchFor('unknown-serial')),
  };
}

function keysFailure(outcome: Exclude<Outcome<KeyRing>, { readonly outcome: 'done' }>): Failure<KeysReason> {
  const { code, meaning, message, remedy } = outcome;
  const reason = outcome.outcome === 'unknown' ? outcome.reason : undefined;
  const told = `${meaning} (${code ?? reason ?? ''}: ${message}); ${remedy}`;
  if (reason === 'sealed-text-unreadable') return failure('api-v3-key-wrong', told);
  if (code === 'RESOURCE_NOT_EXISTS') return failure('no-certificates', `${meaning}; ${remedy}`);
  return failure(code === 'SIGN_ERROR' ? 'not-authenticated' : 'not-fetched', told);
}
