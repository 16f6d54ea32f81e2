import { describe, expect, test } from 'vitest';
import { type Astray, disturbSteps, runUndisturbed } from './each-step.ts';
import { FLOWS } from './flows.ts';

/** Each step is disturbed in one way; in the whole run (npm run test:whole) in each. */
const CHOSEN = process.env['ORDERKEEPER_TESTS'] === 'whole' ? 'every-step' : 'every-third-step';

/** For the message of a failing test: where it happened, and how it ended. */
const lines = (astray: readonly Astray[]): readonly string[] =>
  astray.map(({ step: { number, name }, end }) => `at step ${number} (${name}): ${end}`);

describe.each(FLOWS)('$name', (flow) => {
  test('comes to its ordinary end, in a good number of steps', async () => {
    const { steps, end } = await runUndisturbed(flow);
    expect(end).toBe(flow.ends[0]);
    expect(new Set(steps.map(({ kind }) => kind))).toEqual(new Set(['store', 'network', 'telling']));
  });

  test('comes to the same end when any one of its steps is done twice', async () => {
    expect(lines(await disturbSteps(flow, 'twice', CHOSEN))).toEqual([]);
  });

  test('comes to the same end when any one of its steps fails once', async () => {
    expect(lines(await disturbSteps(flow, 'fails', CHOSEN))).toEqual([]);
  });

  test('comes to the same end when its process dies after any one of its steps', async () => {
    expect(lines(await disturbSteps(flow, 'crash-after', CHOSEN))).toEqual([]);
  });
});
