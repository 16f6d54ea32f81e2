import type { Repeat } from '@orderkeeper/protocol';
import type { UnusableVerdict, Verdict } from './verdict.ts';

/** Requests made for one call at most, the first included. */
export const ATTEMPTS_MAX = 4;

/** Back-off: up to 200 ms before the first repetition, doubling each time. */
const WAIT_MS_BASE = 200;
const WAIT_MS_MAX = 5_000;

/** A code that asks for patience gets at least this, and few attempts: limits are not beaten by insisting. */
const LATER_ATTEMPTS_MAX = 3;
const LATER_WAIT_MS_MIN = 1_000;
const LATER_WAIT_MS_MAX = 4_000;

/** The statuses of a gateway that is not there for us at the moment. */
const FAILOVER_STATUSES: ReadonlySet<number> = new Set([500, 502, 503, 504]);

/** What cutting a connection, a proxy's error page or a bad line make of an answer. */
const SPOILT: ReadonlySet<UnusableVerdict['reason']> = new Set(['html', 'empty', 'malformed', 'damaged', 'not-utf8']);

/** What a call does after an attempt. */
export type Step =
  | { readonly kind: 'stop' }
  | {
      readonly kind: 'repeat';
      readonly host: 'same' | 'other';
      /** The wait is drawn evenly from this span (full jitter), so that many clients do not return at once. */
      readonly waitMsMin: number;
      readonly waitMsMax: number;
    };

/** Where a call stands when it decides. */
export interface Situation {
  /** Attempts made so far, from 1. */
  readonly attemptNumber: number;
  readonly hosts: 'one' | 'two';
}

const STOP: Step = { kind: 'stop' };
const LATER: Step = { kind: 'repeat', host: 'same', waitMsMin: LATER_WAIT_MS_MIN, waitMsMax: LATER_WAIT_MS_MAX };

/**
 * The whole retry policy: from what an operation allows, what just happened and how many attempts there were, to what
 * comes next. Every repetition is the same request under the same number with the same content.
 */
export function nextStep(
  row: { readonly afterUnknown: 'repeat' | 'query' },
  happened: Verdict<unknown>,
  { attemptNumber, hosts }: Situation,
): Step {
  if (happened.kind === 'done' || attemptNumber >= ATTEMPTS_MAX) return STOP;
  const backOffMs = Math.min(WAIT_MS_MAX, WAIT_MS_BASE * 2 ** (attemptNumber - 1));
  const sameHost: Step = { kind: 'repeat', host: 'same', waitMsMin: 0, waitMsMax: backOffMs };
  // The first change of host costs no wait: a payer is standing there, and the second host has done nothing yet.
  const changeMs = attemptNumber === 1 && hosts === 'two' ? 0 : backOffMs;
  const otherHost: Step = { kind: 'repeat', host: 'other', waitMsMin: 0, waitMsMax: changeMs };

  switch (happened.kind) {
    case 'no-answer':
      if (happened.reason === 'aborted') return STOP;
      // Nothing has left, so nothing can happen twice: safe for every operation, micropay included.
      if (happened.delivery === 'not-sent') return otherHost;
      // From here on the request may have arrived. What could charge twice is asked about and never sent again.
      if (row.afterUnknown === 'query') return STOP;
      // The next answer would be as large.
      return happened.reason === 'answer-too-large' ? STOP : otherHost;
    case 'unusable':
      if (row.afterUnknown === 'query') return STOP;
      // One spoilt on the way is asked for again; one that lies is not: it would not get truer.
      if (SPOILT.has(happened.reason)) return otherHost;
      // WeChat Pay does not test the repetition.
      if (happened.reason === 'probe') return sameHost;
      if (happened.reason !== 'http-status' && happened.told === undefined) return STOP;
      if (FAILOVER_STATUSES.has(happened.status)) return otherHost;
      return happened.told === undefined ? STOP : asTold(happened.told.repeat, sameHost, attemptNumber);
    case 'code':
      return row.afterUnknown === 'query' ? STOP : asTold(happened.row.repeat, sameHost, attemptNumber);
  }
}

function asTold(repeat: Repeat, sameHost: Step, attemptNumber: number): Step {
  switch (repeat) {
    // WeChat Pay asks for it: SYSTEMERROR, BIZERR_NEED_RETRY. The host is well, the system behind it was busy.
    case 'at-once':
      return sameHost;
    case 'later':
      return attemptNumber >= LATER_ATTEMPTS_MAX ? STOP : LATER;
    // Another question has to be asked first, and that is for the caller to do.
    case 'query':
    case 'never':
      return STOP;
  }
}
