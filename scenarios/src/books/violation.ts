import type { WorldEnd } from '../world/world-end.ts';

/** A promise that a world has found broken. */
export interface Violation {
  /** The rule, as in docs/ARCHITECTURE.md and the keeper's tests: `R7`. */
  readonly rule: string;
  /** The order or number it is about. */
  readonly about: string;
  readonly message: string;
}

/** One promise, held against a whole world. */
export type Check = (end: WorldEnd) => readonly Violation[];
