import type { CodeRow, Repeat } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import { ATTEMPTS_MAX, nextStep, type Step } from './next-step.ts';
import type { UnusableVerdict, Verdict } from './verdict.ts';

const noAnswer = (
  reason: Extract<Verdict<never>, { kind: 'no-answer' }>['reason'],
  delivery: 'not-sent' | 'maybe-sent',
): Verdict<never> => ({ kind: 'no-answer', reason, delivery, message: '' });
const unusable = (reason: UnusableVerdict['reason'], status = 200): Verdict<never> => ({
  kind: 'unusable',
  reason,
  status,
  message: '',
});
const code = (repeat: Repeat, outcome: CodeRow['outcome'] = 'unknown'): Verdict<never> => ({
  kind: 'code',
  code: 'CODE',
  row: { outcome, repeat, meaning: '', remedy: '' },
  message: '',
  voucher: 'signed',
});
const first = { attemptNumber: 1, hosts: 'two' } as const;

const brief = (step: Step): string => (step.kind === 'stop' ? 'stop' : step.host);

describe('after the first attempt', () => {
  test.each<[string, Verdict<unknown>, string, string]>([
    ['an answer', { kind: 'done', answer: undefined }, 'stop', 'stop'],
    ['an unresolved name', noAnswer('name-not-resolved', 'not-sent'), 'other', 'other'],
    ['a refused connection', noAnswer('connection-refused', 'not-sent'), 'other', 'other'],
    ['a connect timeout', noAnswer('connect-timeout', 'not-sent'), 'other', 'other'],
    ['a failed TLS handshake', noAnswer('tls-failed', 'not-sent'), 'other', 'other'],
    ['TLS that failed after sending', noAnswer('tls-failed', 'maybe-sent'), 'other', 'stop'],
    ['an answer timeout', noAnswer('answer-timeout', 'maybe-sent'), 'other', 'stop'],
    ['a lost connection', noAnswer('connection-lost', 'maybe-sent'), 'other', 'stop'],
    ['a connection lost before sending', noAnswer('connection-lost', 'not-sent'), 'other', 'other'],
    ['an answer too large', noAnswer('answer-too-large', 'maybe-sent'), 'stop', 'stop'],
    ['an abort', noAnswer('aborted', 'maybe-sent'), 'stop', 'stop'],
    ['an abort before sending', noAnswer('aborted', 'not-sent'), 'stop', 'stop'],
    ['HTTP 500', unusable('http-status', 500), 'other', 'stop'],
    ['HTTP 502', unusable('http-status', 502), 'other', 'stop'],
    ['HTTP 503', unusable('http-status', 503), 'other', 'stop'],
    ['HTTP 504', unusable('http-status', 504), 'other', 'stop'],
    ['HTTP 400', unusable('http-status', 400), 'stop', 'stop'],
    ['HTTP 302', unusable('http-status', 302), 'stop', 'stop'],
    ['a web page', unusable('html'), 'other', 'stop'],
    ['a truncated answer', unusable('malformed'), 'other', 'stop'],
    ['an empty answer', unusable('empty'), 'other', 'stop'],
    ['a wrong signature', unusable('sign-mismatch'), 'stop', 'stop'],
    ['another order', unusable('other-number'), 'stop', 'stop'],
    ['SYSTEMERROR', code('at-once'), 'same', 'stop'],
    ['a code that asks for patience', code('later', 'rejected'), 'same', 'stop'],
    ['a code that asks for a query', code('query'), 'stop', 'stop'],
    ['a code that is final', code('never', 'rejected'), 'stop', 'stop'],
  ])('%s is followed by the right step, for repeatable operations and for micropay', (_, happened, repeat, query) => {
    expect(brief(nextStep({ afterUnknown: 'repeat' }, happened, first))).toBe(repeat);
    expect(brief(nextStep({ afterUnknown: 'query' }, happened, first))).toBe(query);
  });
});

describe('waits', () => {
  const refused = noAnswer('connection-refused', 'not-sent');
  const waits = (happened: Verdict<unknown>, hosts: 'one' | 'two'): unknown[] =>
    Array.from({ length: ATTEMPTS_MAX }, (_, index) => {
      const step = nextStep({ afterUnknown: 'repeat' }, happened, { attemptNumber: index + 1, hosts });
      return step.kind === 'stop' ? 'stop' : [step.waitMsMin, step.waitMsMax];
    });

  test('double with every attempt, and end with the last', () => {
    expect(waits(code('at-once'), 'two')).toEqual([[0, 200], [0, 400], [0, 800], 'stop']);
  });

  test('are left out before the first change of host, if there is another host', () => {
    expect(waits(refused, 'two')).toEqual([[0, 0], [0, 400], [0, 800], 'stop']);
    expect(waits(refused, 'one')).toEqual([[0, 200], [0, 400], [0, 800], 'stop']);
  });

  test('are long after a code that asks for patience, which is heeded twice', () => {
    expect(waits(code('later', 'rejected'), 'two')).toEqual([[1_000, 4_000], [1_000, 4_000], 'stop', 'stop']);
  });
});
