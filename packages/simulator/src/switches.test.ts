import { describe, expect, test } from 'vitest';
import { DOCUMENTED, defaultSwitches, SWITCHES } from './switches.ts';

describe('the switches', () => {
  test('stand at the first choice of their row', () => {
    expect(defaultSwitches()).toEqual(
      Object.fromEntries(Object.entries(SWITCHES).map(([name, { choices }]) => [name, choices[0]])),
    );
  });

  test('know a choice for everything that is documented otherwise', () => {
    for (const [name, choice] of Object.entries(DOCUMENTED)) {
      const row = Object.entries(SWITCHES).find(([known]) => known === name)?.[1];
      expect(row?.choices.slice(1)).toContain(choice);
    }
  });
});
