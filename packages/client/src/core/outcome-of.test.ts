import { describe, expect, test } from 'vitest';
import { mayHaveTakenEffect, outcomeOf } from './outcome-of.ts';
import type { CodeVerdict, Verdict } from './verdict.ts';

const refused = (repeat: CodeVerdict['row']['repeat'], voucher: CodeVerdict['voucher']): CodeVerdict => ({
  kind: 'code',
  code: 'CODE',
  row: { outcome: 'rejected', repeat, meaning: 'm', remedy: 'r' },
  message: 'text',
  voucher,
});

describe('a refusal', () => {
  test('is certain when nothing was sent before it', () => {
    expect(outcomeOf(refused('later', 'unsigned'), 'without-effect', [], 1).outcome).toBe('rejected');
  });

  test.each([
    ['an unsigned one', refused('never', 'unsigned')],
    ['one that asks to come back later', refused('later', 'signed')],
    ['one that asks to repeat', refused('at-once', 'signed')],
  ])('does not settle what an earlier attempt may have done: %s', (_, verdict) => {
    expect(outcomeOf(verdict, 'maybe-with-effect', [], 1)).toMatchObject({
      outcome: 'unknown',
      reason: 'code',
      code: 'CODE',
    });
  });

  test('that is signed and final speaks about the order, and settles it', () => {
    expect(outcomeOf(refused('never', 'signed'), 'maybe-with-effect', [], 1).outcome).toBe('rejected');
  });
});

describe('an attempt may have taken effect', () => {
  test.each<[string, Verdict<unknown>, boolean]>([
    [
      'when it may have been sent',
      { kind: 'no-answer', reason: 'connection-lost', delivery: 'maybe-sent', message: '' },
      true,
    ],
    [
      'not when it was not sent',
      { kind: 'no-answer', reason: 'connect-timeout', delivery: 'not-sent', message: '' },
      false,
    ],
    ['when its answer was unusable', { kind: 'unusable', reason: 'html', status: 200, message: '' }, true],
    ['not when it was refused', refused('never', 'signed'), false],
  ])('%s, if the operation changes something', (_, verdict, expected) => {
    expect(mayHaveTakenEffect('changes', verdict)).toBe(expected);
    expect(mayHaveTakenEffect('reads', verdict)).toBe(false);
  });
});
