import type { WorldEnd } from '../world/world-end.ts';
import { attemptsAreEqual, nothingIsUnknown, ordersAreFinal } from './attempts.ts';
import {
  attemptsSpeakOneProtocol,
  callsAreCalm,
  certificatesAreFetchedCalmly,
  chargesAreSingle,
  closesAreAllowed,
  closingGivesNothingOut,
  numbersFollowEachOther,
  queriesAreFew,
} from './calls.ts';
import { eventsAreTold, nothingFalseIsTold } from './events.ts';
import { moneyIsConserved, refundsAreEqual } from './money.ts';
import { nothingSecretIsTold } from './secrets.ts';
import type { Check, Violation } from './violation.ts';

/** What both books say in the end. */
export const ENDS: readonly Check[] = [
  ordersAreFinal,
  attemptsAreEqual,
  nothingIsUnknown,
  refundsAreEqual,
  moneyIsConserved,
  eventsAreTold,
];

/** How it came to that: which calls were made, and what was given out. */
export const WAYS: readonly Check[] = [
  callsAreCalm,
  certificatesAreFetchedCalmly,
  attemptsSpeakOneProtocol,
  closesAreAllowed,
  chargesAreSingle,
  numbersFollowEachOther,
  queriesAreFew,
  closingGivesNothingOut,
  nothingFalseIsTold,
  nothingSecretIsTold,
];

/** Holds the keeper's book against WeChat Pay's; empty when every promise was kept. */
export const compareBooks = (end: WorldEnd, checks: readonly Check[] = [...ENDS, ...WAYS]): readonly Violation[] =>
  checks.flatMap((check) => check(end));
