import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CROWD_FAULTS, CROWD_OPERATIONS, type CrowdEvent, runCrowd } from './crowd.ts';

/** How many sequences each property tries; the whole run (npm run test:whole) goes on where the quick one ends. */
const RUNS = process.env['ORDERKEEPER_TESTS'] === 'whole' ? 1_500 : 120;
const SEED = 20_261_124;
const MINUTE_MS = 60_000;

const subject = fc.integer({ min: 1, max: 3 });
const call = fc.record({
  kind: fc.constant('call' as const),
  operation: fc.constantFrom(...CROWD_OPERATIONS),
  subject,
});
const passing = fc.record({ kind: fc.constant('time-passes' as const), ms: fc.integer({ min: 1, max: 4_000 }) });
const paying = fc.record({ kind: fc.constant('payer-pays' as const), subject });
const times = fc.integer({ min: 1, max: 6 });
const fault = (faults: typeof CROWD_FAULTS) =>
  fc.record({ kind: fc.constant('fault' as const), fault: fc.constantFrom(...faults), times });

/** What was given to someone before, byte for byte. */
const isReplay = ({ effect }: (typeof CROWD_FAULTS)[number]): boolean => effect.kind.startsWith('replayed');

const always = [
  { arbitrary: call, weight: 10 },
  { arbitrary: passing, weight: 4 },
  { arbitrary: paying, weight: 2 },
];

const sequence = (...others: readonly fc.WeightedArbitrary<CrowdEvent>[]) =>
  fc.array<CrowdEvent>(fc.oneof(...always, ...others), { minLength: 5, maxLength: 40 });

const tally = (ends: readonly { readonly outcome: string }[], counts: Map<string, number>): void => {
  for (const { outcome } of ends) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
};

test('many calls at once keep the law under every fault, replays too, while keys change in good order', async () => {
  const counts = new Map<string, number>();
  const events = sequence(
    { arbitrary: fault(CROWD_FAULTS), weight: 4 },
    { arbitrary: fc.constant<CrowdEvent>({ kind: 'orderly-rotation' }), weight: 1 },
    { arbitrary: fc.constant<CrowdEvent>({ kind: 'orderly-switch' }), weight: 1 },
  );
  await fc.assert(
    fc.asyncProperty(events, fc.nat(), async (happening, seed) => {
      const { breaches, outcomes } = await runCrowd(happening, seed);
      tally(outcomes, counts);
      expect(breaches).toEqual([]);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  for (const outcome of ['done', 'rejected', 'unknown']) expect(counts.get(outcome)).toBeGreaterThan(RUNS / 4);
});

test('many calls at once keep the law while keys and clocks do what they like', async () => {
  const counts = new Map<string, number>();
  const events = sequence(
    { arbitrary: fault(CROWD_FAULTS.filter((one) => !isReplay(one))), weight: 3 },
    {
      arbitrary: fc.constantFrom<CrowdEvent>({ kind: 'rotation' }, { kind: 'retirement' }, { kind: 'key-added' }),
      weight: 2,
    },
    {
      arbitrary: fc.constantFrom(0, 0.5, 1).map((share): CrowdEvent => ({ kind: 'new-certificate-share', share })),
      weight: 1,
    },
    {
      arbitrary: fc
        .constantFrom('certificate' as const, 'switching' as const, 'public-key' as const)
        .map((mode): CrowdEvent => ({ kind: 'mode', mode })),
      weight: 1,
    },
    {
      arbitrary: fc
        .constantFrom(0, 0, 4, 6, -4, -6, 90)
        .map((minutes): CrowdEvent => ({ kind: 'client-clock', aheadMs: minutes * MINUTE_MS })),
      weight: 1,
    },
  );
  await fc.assert(
    fc.asyncProperty(events, fc.nat(), async (happening, seed) => {
      const { breaches, outcomes } = await runCrowd(happening, seed);
      tally(outcomes, counts);
      expect(breaches).toEqual([]);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  for (const outcome of ['done', 'rejected', 'unknown']) expect(counts.get(outcome)).toBeGreaterThan(RUNS / 4);
});
