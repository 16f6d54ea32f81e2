/** WeChat Pay asks to be asked for certificates more often than every twelve hours. */
export const CERTIFICATES_AGE_MS_MAX = 11 * 3_600_000;

/** A certificate that nobody knows is looked for at most this often: a forger must not make us hammer WeChat Pay. */
export const FETCH_PAUSE_MS = 60_000;

/** Why certificates are wanted. */
export type FetchCause =
  /** There is no key at all. */
  | 'no-keys'
  /** A message names a certificate that is not known. */
  | 'unknown-serial'
  /** Those that are there may have been joined by others. */
  | 'age';

/** What is remembered about fetching certificates; instants in UTC milliseconds. */
export interface FetchHistory {
  /** When a fetch was begun last. */
  readonly triedAtMs?: number;
  /** When certificates came last, or were added by hand. */
  readonly fetchedAtMs?: number;
  /** How the last fetch ended: with an answer, whatever it said, or without one. */
  readonly end?: 'answered' | 'not-answered';
}

/** Whether certificates are fetched now. */
export function mayFetch(cause: FetchCause, history: FetchHistory, nowMs: number): boolean {
  const { triedAtMs, fetchedAtMs, end } = history;
  // A fetch in the future was begun before the clock was set right, and may have failed for that: it holds up nobody.
  const isPaused = triedAtMs !== undefined && triedAtMs <= nowMs && nowMs < triedAtMs + FETCH_PAUSE_MS;
  switch (cause) {
    case 'no-keys':
      // Calls wait for it, and only our own calls bring it about: a host that could not be reached is tried again.
      return !isPaused || end === 'not-answered';
    case 'unknown-serial':
      return !isPaused;
    case 'age': {
      if (isPaused || fetchedAtMs === undefined) return false;
      // An answer that brought none, as after the last certificate has gone, is news enough for as long.
      const knownAtMs = end === 'answered' ? Math.max(fetchedAtMs, triedAtMs ?? fetchedAtMs) : fetchedAtMs;
      return nowMs >= knownAtMs + CERTIFICATES_AGE_MS_MAX;
    }
  }
}
