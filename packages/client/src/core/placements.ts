/** An order can be closed at the earliest this long after it was placed. */
export const CLOSE_WAIT_MS = 5 * 60_000;

/** How many placed orders a client remembers; the oldest are forgotten first. */
const PLACEMENTS_MAX = 10_000;

/** A bounded memory of when orders were placed. */
export interface Placements {
  /** Remembers an order; the first time counts, because placing it again does not make it younger. */
  readonly add: (key: string, placedAtMs: number) => void;
  readonly placedAtMs: (key: string) => number | undefined;
}

/** Creates an empty {@link Placements}. */
export function createPlacements(countMax: number = PLACEMENTS_MAX): Placements {
  const placed = new Map<string, number>();
  return {
    add: (key, placedAtMs) => {
      if (placed.has(key)) return;
      placed.set(key, placedAtMs);
      if (placed.size <= countMax) return;
      // A map keeps the order of insertion: its first key is its oldest.
      for (const oldest of placed.keys()) {
        placed.delete(oldest);
        break;
      }
    },
    placedAtMs: (key) => placed.get(key),
  };
}

/** Whether an order may be closed now; `possibleFromMs` in UTC milliseconds. */
export function closeGuard(
  placedAtMs: number | undefined,
  nowMs: number,
): { readonly kind: 'possible' } | { readonly kind: 'too-early'; readonly possibleFromMs: number } {
  if (placedAtMs === undefined || nowMs >= placedAtMs + CLOSE_WAIT_MS) return { kind: 'possible' };
  return { kind: 'too-early', possibleFromMs: placedAtMs + CLOSE_WAIT_MS };
}
