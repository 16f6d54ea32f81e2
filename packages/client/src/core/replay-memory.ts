/** So many answers are remembered at least, where that many came within the window. */
const ANSWERS_MAX = 100_000;

/** Signatures are accepted from five minutes before to five minutes after now: ten minutes is the longest they matter. */
const WINDOW_MS = 600_000;

/** A bounded memory of verified answers. */
export interface ReplayMemory {
  /** Remembers a verified signature, and says whether it was known. */
  readonly see: (signature: string, nowMs: number) => 'new' | 'seen';
}

/**
 * Creates an empty {@link ReplayMemory} of two generations: when the young one is full or ten minutes old, it becomes
 * the old one, and what was old is forgotten.
 */
export function createReplayMemory(countMax: number = ANSWERS_MAX): ReplayMemory {
  let young = new Set<string>();
  let old = new Set<string>();
  let youngSinceMs = Number.NEGATIVE_INFINITY;
  return {
    see: (signature, nowMs) => {
      // 72 bits of an RSA signature are as good as all; a part below 13 characters is copied and not a view, so that the
      // headers of every answer are not kept alive.
      const mark = signature.slice(0, 12);
      if (young.has(mark) || old.has(mark)) return 'seen';
      if (young.size >= countMax || nowMs >= youngSinceMs + WINDOW_MS) {
        old = nowMs >= youngSinceMs + 2 * WINDOW_MS ? new Set() : young;
        young = new Set();
        youngSinceMs = nowMs;
      }
      young.add(mark);
      return 'new';
    },
  };
}
