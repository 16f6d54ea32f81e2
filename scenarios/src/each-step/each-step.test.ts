import { beforeAll, describe, expect, test } from 'vitest';
import { type Astray, chooseSteps, type Disturbance, disturbSteps, runUndisturbed } from './each-step.ts';
import { FLOWS } from './flows.ts';

/** Each step is disturbed in each way in the whole run (npm run test:whole). */
const CHOSEN = process.env['ORDERKEEPER_TESTS'] === 'whole' ? 'every-step' : 'a-sample';

/** For the message of a failing test: where it happened, and how it ended. */
const lines = (astray: readonly Astray[]): readonly string[] =>
  astray.map(({ step: { number, name }, end }) => `at step ${number} (${name}): ${end}`);

describe.each(FLOWS)('$name', (flow) => {
  let undisturbed: Awaited<ReturnType<typeof runUndisturbed>>;

  beforeAll(async () => {
    undisturbed = await runUndisturbed(flow);
  });

  const disturb = async (fate: Disturbance): Promise<readonly string[]> =>
    lines(await disturbSteps(flow, chooseSteps(undisturbed.steps, fate, CHOSEN), fate));

  test('comes to its ordinary end, in a good number of steps', () => {
    const { steps, end } = undisturbed;
    expect(end).toBe(flow.ends[0]);
    expect(new Set(steps.map(({ kind }) => kind))).toEqual(new Set(['store', 'network', 'telling']));
  });

  test('comes to the same end when any one of its steps is done twice', async () => {
    expect(await disturb('twice')).toEqual([]);
  });

  test('comes to the same end when any one of its steps fails once', async () => {
    expect(await disturb('fails')).toEqual([]);
  });

  test('comes to the same end when its process dies after any one of its steps', async () => {
    expect(await disturb('crash-after')).toEqual([]);
  });
});
