import type { WorldEnd } from '../world/world-end.ts';
import { attemptsAreEqual, nothingIsUnknown, ordersAreFinal } from './attempts.ts';
import { chargesAreSingle, closesAreAllowed, closingGivesNothingOut, numbersFollowEachOther, queriesAreFew } from './calls.ts';
import { eventsAreTold } from './events.ts';
import { moneyIsConserved, refundsAreEqual } from './money.ts';
import type { Check, Violation } from './violation.ts';

/** Every promise that a world is held against. */
export const CHECKS: readonly Check[] = [
  ordersAreFinal,
  attemptsAreEqual,
  nothingIsUnknown,
  refundsAreEqual,
  moneyIsConserved,
  eventsAreTold,
  closesAreAllowed,
  chargesAreSingle,
  numbersFollowEachOther,
  queriesAreFew,
  closingGivesNothingOut,
];

/** Holds the keeper's book against WeChat Pay's; empty when every promise was kept. */
export const compareBooks = (end: WorldEnd): readonly Violation[] => CHECKS.flatMap((check) => check(end));
