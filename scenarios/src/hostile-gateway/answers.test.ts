import { describe, expect, test } from 'vitest';
import { ANSWER_FAULTS, type AnswerFault, nameOf } from './faults.ts';
import { type GatewayOperation, OPERATIONS } from './operations.ts';
import { type Cell, tryCell } from './try-call.ts';

const MODES = ['certificate', 'public-key', 'switching'] as const;
const TIMES = ['once', 'without-end'] as const;

/** Of all cells the quick run takes every so many; the whole run (npm run test:whole) takes all. */
const STRIDE = process.env['ORDERKEEPER_TESTS'] === 'whole' ? 1 : 23;

/** WeChat Pay itself gives the true answer to another call, in which nothing is named: nobody could tell. */
const isBeyondProof = ({ answerNames }: GatewayOperation, { effect }: AnswerFault): boolean =>
  answerNames === 'nothing' && effect.kind === 'other-order';

const cellsOf = (operation: GatewayOperation): readonly Cell[] =>
  ANSWER_FAULTS.filter((fault) => !isBeyondProof(operation, fault)).flatMap((fault) =>
    TIMES.flatMap((times) => MODES.map((mode) => ({ operation, mode, fault, times }))),
  );

const LOST: readonly AnswerFault[] = [
  { moment: 'after', effect: { kind: 'no-answer' } },
  { moment: 'after', effect: { kind: 'status', status: 502 } },
  { moment: 'after', effect: { kind: 'sign-test' } },
];

/** What is true of the repetition, and of nothing else. */
const REFUSALS: readonly AnswerFault[] = [
  { moment: 'before', effect: { kind: 'code', code: 'FREQUENCY_LIMITED' } },
  { moment: 'before', effect: { kind: 'unsigned-error', code: 'SIGN_ERROR' } },
];

const REFUSED_REPETITIONS = LOST.flatMap((fault) => REFUSALS.map((afterwards) => ({ fault, afterwards })));

const titled = OPERATIONS.map((operation, index) => ({ name: operation.name, operation, index }));

describe.each(titled)('$name', ({ operation, index }) => {
  test.each(MODES)('is done where nothing goes wrong, in key mode %s', async (mode) => {
    const { outcome, breaches } = await tryCell({ operation, mode, times: 'once' });
    expect({ outcome: outcome.outcome, breaches }).toEqual({ outcome: 'done', breaches: [] });
  });

  test('is done only when that is true, and rejected only when nothing has happened, whatever is answered', async () => {
    const astray: string[] = [];
    const cells = cellsOf(operation).filter((_, at) => at % STRIDE === index % STRIDE);
    for (const cell of cells) {
      const { outcome, breaches } = await tryCell(cell);
      const { mode, times, fault } = cell;
      if (breaches.length === 0 || fault === undefined) continue;
      astray.push(`${mode}, ${nameOf(fault)}, ${times}: ${outcome.outcome}: ${breaches.join('; ')}`);
    }
    expect(astray).toEqual([]);
  });

  test('is not rejected for what a repetition is told, when the first request may have done it', async () => {
    for (const { afterwards, fault } of REFUSED_REPETITIONS) {
      const { breaches } = await tryCell({ operation, mode: 'public-key', times: 'once', fault, afterwards });
      expect({ fault: nameOf(fault), afterwards: nameOf(afterwards), breaches }).toMatchObject({ breaches: [] });
    }
  });
});
