import type { Actor, Step, StoryEnd, ToldStory } from './told-story.ts';

/** Writes down a story while it happens. */
export interface Narrator {
  readonly say: (actor: Actor, text: string) => void;
  /** A call to WeChat Pay and its answer. */
  readonly call: (call: { readonly operation: string; readonly code: string; readonly tradeState?: string }) => void;
  /** What must be true at the end. */
  readonly expect: (what: string, expected: string, actual: string) => void;
  readonly told: (story: Pick<ToldStory, 'name' | 'title'>) => ToldStory;
}

/** Creates a narrator that looks at `nowMs` for the time of each step and hands each to `onStep` at once. */
export function createNarrator(nowMs: () => number, onStep: (step: Step) => void): Narrator {
  const steps: Step[] = [];
  const ends: StoryEnd[] = [];
  const add = (step: Step): void => {
    steps.push(step);
    onStep(step);
  };
  return {
    say: (actor, text) => add({ atMs: nowMs(), actor, text }),
    call: ({ operation, code, tradeState }) => {
      const answer = tradeState === undefined ? code : `${code}, trade state ${tradeState}`;
      add({
        atMs: nowMs(),
        actor: 'keeper',
        text: `${operation} → ${answer}`,
        operation,
        code,
        ...(tradeState === undefined ? {} : { tradeState }),
      });
    },
    expect: (what, expected, actual) => ends.push({ what, expected, actual }),
    told: ({ name, title }) => ({
      name,
      title,
      ok: ends.length > 0 && ends.every(({ expected, actual }) => expected === actual),
      ends,
      steps,
    }),
  };
}
