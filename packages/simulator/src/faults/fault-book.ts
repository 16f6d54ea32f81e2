import type { Random } from '@orderkeeper/ports';
import type { CallFaults, FaultEffect, FaultSubject } from '../world.ts';
import type { AnyEffect, Fault, FaultPlan, NoticeEffect } from './fault.ts';
import { matchFaults } from './match-faults.ts';

/** The faults of one world. */
export interface FaultBook extends CallFaults {
  readonly add: (plan: FaultPlan) => Fault;
  /** Those that can still strike, in the order they were added. */
  readonly list: () => readonly Fault[];
  /** Takes back one fault, or all of them. */
  readonly remove: (id: string) => 'removed' | 'not-found';
  readonly clear: () => void;
  /** What happens to a try to deliver a notice; asking uses faults up. */
  readonly matchNotice: (subject: FaultSubject) => readonly NoticeEffect[];
}

const isOfNotice = (effect: AnyEffect): effect is NoticeEffect => effect.kind.startsWith('notice-');

const isOfCall = (effect: AnyEffect): effect is FaultEffect => !isOfNotice(effect);

/** Creates a book without faults; `random` decides where a fault is left to chance. */
export function createFaultBook(random: Pick<Random, 'fraction'>): FaultBook {
  let faults: readonly Fault[] = [];
  let count = 0;
  const strike = (subject: FaultSubject, moment: FaultPlan['moment']): readonly AnyEffect[] => {
    if (faults.length === 0) return [];
    const match = matchFaults(faults, subject, moment, random.fraction);
    faults = match.faults;
    return match.effects;
  };
  return {
    add: (plan) => {
      const fault = { ...plan, id: `F${++count}`, hits: 0 };
      faults = [...faults, fault];
      return fault;
    },
    list: () => faults,
    remove: (id) => {
      const left = faults.filter((fault) => fault.id !== id);
      const end = left.length === faults.length ? 'not-found' : 'removed';
      faults = left;
      return end;
    },
    clear: () => {
      faults = [];
    },
    match: (subject, moment) => strike(subject, moment).filter(isOfCall),
    matchNotice: (subject) => strike(subject, 'notice').filter(isOfNotice),
  };
}
