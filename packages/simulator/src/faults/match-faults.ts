import type { FaultSubject } from '../world.ts';
import { type AnyEffect, COMPANIONABLE, type Fault, type FaultAim, type FaultMoment } from './fault.ts';

/** What strikes, and the faults as they are afterwards: used-up ones are gone. */
export interface FaultMatch {
  readonly effects: readonly AnyEffect[];
  readonly faults: readonly Fault[];
}

/**
 * Finds the faults that strike `subject` at this moment, in the order they were ordered in. At most one of them decides
 * what happens; waiting is added to it. `draw` gives a number at or above 0 and below 1 for each fault left to chance.
 */
export function matchFaults(
  faults: readonly Fault[],
  subject: FaultSubject,
  moment: FaultMoment,
  draw: () => number,
): FaultMatch {
  const effects: AnyEffect[] = [];
  const left: Fault[] = [];
  let isDecided = false;
  for (const fault of faults) {
    const isCompanion = COMPANIONABLE.has(fault.effect.kind);
    const couldStrike = fault.moment === moment && isAimedAt(fault.aim, subject) && (isCompanion || !isDecided);
    if (!couldStrike || (fault.probability !== undefined && draw() >= fault.probability)) {
      left.push(fault);
      continue;
    }
    effects.push(fault.effect);
    isDecided ||= !isCompanion;
    const struck = { ...fault, hits: fault.hits + 1 };
    if (struck.times === undefined || struck.hits < struck.times) left.push(struck);
  }
  return { effects, faults: left };
}

function isAimedAt(aim: FaultAim, subject: FaultSubject): boolean {
  return (
    isSame(aim.operation, subject.operation) &&
    isSame(aim.path, subject.path) &&
    isSame(aim.mchid, subject.mchid) &&
    isSame(aim.outTradeNo, subject.outTradeNo) &&
    (isSame(aim.host, subject.host) || subject.host.startsWith(`${aim.host}:`))
  );
}

const isSame = (wanted: string | undefined, found: string): boolean => wanted === undefined || wanted === found;
