import type { AttemptFactKind } from './attempt-fact.ts';
import type { AttemptState } from './order.ts';

/** Where one fact leads an attempt from one state, and the reason. */
export interface Cell {
  readonly to: AttemptState | 'stays';
  readonly why: string;
}

/** One state's row: a new fact does not compile until its cell is decided. */
export type Row = Readonly<Record<AttemptFactKind, Cell>>;

/** The attempt moves. */
export const goes = (to: AttemptState, why: string): Cell => ({ to, why });

/** The attempt keeps its state; counters and duties may change all the same. */
export const stays = (why: string): Cell => ({ to: 'stays', why });
