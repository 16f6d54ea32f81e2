import type { Outcome } from '@orderkeeper/client';
import type { Step, Story, ToldStory } from './story.ts';

/** Writes down a story while it happens. */
export interface Narrator {
  readonly say: (actor: Step['actor'], text: string) => void;
  /** Waits for a call of the merchant's program and writes down how it ended. */
  readonly call: <Answer>(operation: string, text: string, call: Promise<Outcome<Answer>>) => Promise<Outcome<Answer>>;
  /** What must be true at the end. */
  readonly expect: (what: string, expected: string, actual: string) => void;
  readonly told: (story: Story) => ToldStory;
}

/** Creates a narrator that looks at `nowMs` for the time of each step and hands each to `onStep` at once. */
export function createNarrator(nowMs: () => number, onStep: (step: Step) => void): Narrator {
  const steps: Step[] = [];
  const ends: ToldStory['ends'][number][] = [];
  const add = (step: Step): void => {
    steps.push(step);
    onStep(step);
  };
  return {
    say: (actor, text) => add({ atMs: nowMs(), actor, text }),
    call: async (operation, text, call) => {
      const outcome = await call;
      const tradeState = tradeStateOf(outcome);
      add({
        atMs: nowMs(),
        actor: 'merchant',
        operation,
        text,
        outcome: outcome.outcome,
        requestsCount: outcome.attempts.length,
        ...(outcome.outcome === 'done' || outcome.code === undefined ? {} : { code: outcome.code }),
        ...(tradeState === undefined ? {} : { tradeState }),
      });
      return outcome;
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

/** WeChat Pay's word about the order, where an answer has one. */
export function tradeStateOf(outcome: Outcome<unknown>): string | undefined {
  return outcome.fields?.get('trade_state');
}
