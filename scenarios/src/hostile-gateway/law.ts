import { LOCAL_CODES, type Outcome } from '@orderkeeper/client';
import { pathOf, type WatchedRequest } from './watch-requests.ts';

/** A call that has ended, and everything by which it can be judged. */
export interface EndedCall {
  readonly outcome: Outcome<unknown>;
  /** Whether what it answers was so at some moment between its begin and its end. */
  readonly isTrue: boolean;
  /** Whether what it was for has happened, by whichever call. */
  readonly hasEffect: boolean;
  readonly tookMs: number;
  readonly deadlineMs: number;
  readonly requests: readonly WatchedRequest[];
}

/**
 * The law: in which ways a call breaks it; none is good. Whatever the gateway does, an answer that is `done` is true,
 * what is `rejected` was refused by WeChat Pay and has not happened, nobody is charged twice, and the call ends in time.
 * `unknown` promises nothing, so it breaks nothing.
 */
export function breachesOf(call: EndedCall): readonly string[] {
  return [...outcomeBreaches(call), ...requestBreaches(call.requests), ...timeBreaches(call)];
}

function outcomeBreaches({ outcome, isTrue, hasEffect, requests }: EndedCall): readonly string[] {
  switch (outcome.outcome) {
    case 'done':
      return isTrue ? [] : ['done, but the book says otherwise'];
    case 'rejected': {
      const { code } = outcome;
      const isDone = hasEffect && requests.some(({ call }) => call?.verdict === 'accepted');
      const isSaid = code in LOCAL_CODES || requests.some((request) => hasSaid(request, code));
      return [
        ...(isDone ? [`rejected with ${code}, but it has happened`] : []),
        ...(isSaid ? [] : [`rejected with ${code}, which WeChat Pay has not said`]),
      ];
    }
    case 'unknown':
      return [];
  }
}

/** What leaves WeChat Pay's own words as they are; of a replay it depends on whether there was anything to say again. */
const LEFT_AS_SAID: ReadonlySet<string> = new Set([
  'slow',
  'code',
  'other-order',
  'clock-skew',
  'missing-header',
  'replayed',
  'replayed-other',
]);

/** `Wechatpay-Signature-Type` is no part of what vouches for an answer. */
const VOUCHING = ['timestamp', 'nonce', 'signature', 'serial'] as const;

/** Whether WeChat Pay has said this code, or this trade state of a failed payment: signed to this very request, or before it knew who asks. */
function hasSaid({ call, answer }: WatchedRequest, code: string): boolean {
  if (call === undefined || answer === undefined) return false;
  const [, said = ''] = /"(?:code|trade_state)":"([A-Z_]+)"/.exec(call.answerText) ?? [];
  if (inEitherSpelling(said) !== inEitherSpelling(code)) return false;
  if (code === 'SIGN_ERROR') return true;
  const isVouched = VOUCHING.every((name) => answer.headers[`wechatpay-${name}`] !== undefined);
  return isVouched && !answer.isRepeated && call.faults.every((fault) => LEFT_AS_SAID.has(fault));
}

/** Pages of combined orders still write ORDERNOTEXIST. */
const inEitherSpelling = (code: string): string => code.replaceAll('_', '');

/** What could charge a payer. */
const CHARGE = /\/codepay$/;

function requestBreaches(requests: readonly WatchedRequest[]): readonly string[] {
  const sent = requests.filter(({ delivery }) => delivery === 'maybe-sent').map(({ request }) => request);
  const charges = sent.filter((request) => CHARGE.test(pathOf(request)));
  const bodies = new Map<string, string>();
  const changed = requests.filter(({ request: { method, url, body } }) => {
    const path = `${method} ${pathOf({ url })}`;
    const first = bodies.get(path) ?? String(body);
    bodies.set(path, first);
    return first !== String(body);
  });
  return [
    ...(charges.length > 1 ? [`the payer’s code was sent ${charges.length} times`] : []),
    ...(changed.length > 0 ? ['it was repeated with another content'] : []),
  ];
}

const timeBreaches = ({ tookMs, deadlineMs }: EndedCall): readonly string[] =>
  tookMs > deadlineMs ? [`it took ${tookMs} ms, ${deadlineMs} ms were given`] : [];
