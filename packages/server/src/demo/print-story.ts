import type { Step, ToldStory } from './story.ts';

const ACTORS: Readonly<Record<Step['actor'], string>> = {
  merchant: 'merchant  ',
  payer: 'payer     ',
  'wechat-pay': 'WeChat Pay',
  clock: 'clock     ',
};

/** Beijing's wall clock, as both sides see it. */
const timeOf = (atMs: number): string => new Date(atMs + 8 * 3_600_000).toISOString().slice(11, 19);

/** One line: when, who, what, and for a call how it ended. */
export function printStep(step: Step): string {
  const { requestsCount = 1 } = step;
  const requests = requestsCount > 1 ? `(${requestsCount} requests)` : undefined;
  const end = [step.outcome, step.code, step.tradeState, requests].filter((word) => word !== undefined).join(' ');
  const call = step.operation === undefined ? '' : `${step.operation} → ${end}`;
  return `  ${timeOf(step.atMs)}  ${ACTORS[step.actor]}  ${call === '' ? step.text : `${call.padEnd(46)}  ${step.text}`}`;
}

/** The last line of a story. */
export function printEnd(story: ToldStory): string {
  const ends = story.ends.map(({ what, expected, actual }) =>
    expected === actual ? `${what}: ${actual}` : `${what}: ${actual}, expected ${expected}`,
  );
  return `  ${story.ok ? 'as it must be' : 'WRONG'}: ${ends.join('; ')}`;
}
