import type { Actor, Step, ToldStory } from './told-story.ts';

const ACTORS: Readonly<Record<Actor, string>> = {
  shop: 'shop      ',
  keeper: 'keeper    ',
  payer: 'payer     ',
  'wechat-pay': 'WeChat Pay',
  clock: 'clock     ',
};

const BEIJING_OFFSET_MS = 8 * 3_600_000;

/** Beijing's wall clock, as both sides see it. */
const timeOf = (atMs: number): string => new Date(atMs + BEIJING_OFFSET_MS).toISOString().slice(11, 19);

/** One line: when, who, what. */
export const printStep = (step: Step): string => `  ${timeOf(step.atMs)}  ${ACTORS[step.actor]}  ${step.text}`;

/** The last line of a story. */
export function printEnd(story: ToldStory): string {
  const ends = story.ends.map(({ what, expected, actual }) =>
    expected === actual ? `${what}: ${actual}` : `${what}: ${actual}, expected ${expected}`,
  );
  return `  ${story.ok ? 'as it must be' : 'WRONG'}: ${ends.join('; ')}`;
}
