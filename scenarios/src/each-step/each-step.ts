import { compareBooks, ENDS } from '../books/compare-books.ts';
import { runWorld } from '../world/run-world.ts';
import type { StepKind } from '../world/steps.ts';
import type { WorldEnd, WorldRun } from '../world/world-end.ts';
import type { Flow } from './flows.ts';

/** A step of a flow as it is done when nothing goes wrong. */
export interface Step {
  readonly number: number;
  readonly kind: StepKind;
  readonly name: string;
}

/** A flow that came to another end because something happened at one step. */
export interface Astray {
  readonly step: Step;
  readonly end: string;
  readonly story: readonly string[];
}

/** Looks that change nothing, and that nobody misses when they fail. */
const LOOKS: ReadonlySet<string> = new Set(['nextDueAtMs', 'learnedCounts']);

/** Runs a flow undisturbed; answers its steps and its end. */
export async function runUndisturbed({
  plan,
}: Flow): Promise<{ readonly steps: readonly Step[]; readonly end: string }> {
  const steps: Step[] = [];
  const run = await runWorld(plan, (number, kind, name) => {
    if (!LOOKS.has(name)) steps.push({ number, kind, name });
    return 'goes-well';
  });
  return { steps, end: endOf(run) };
}

/** What disturbs a step, one step in each run. */
export type Disturbance =
  /** It is done twice: who repeats a step after a crash, or beside another, does no harm. */
  | 'twice'
  /** It fails once. */
  | 'fails'
  /**
   * The process dies after it, and starts again a second later. Nothing leaves the process between two steps, so to die
   * before one is to die after another.
   */
  | 'crash-after';

/** Every step, or one of eighteen, and others for each disturbance. */
export type StepsChosen = 'every-step' | 'a-sample';

const SAMPLE_OF = 18;
const SAMPLED: Readonly<Record<Disturbance, number>> = { twice: 0, fails: 6, 'crash-after': 12 };

/** The steps of a flow that are to be disturbed. */
export const chooseSteps = (steps: readonly Step[], fate: Disturbance, chosen: StepsChosen): readonly Step[] =>
  chosen === 'every-step' ? steps : steps.filter((_, index) => index % SAMPLE_OF === SAMPLED[fate]);

/** Disturbs these steps of a flow, one in each run; answers those that led astray. */
export async function disturbSteps(flow: Flow, steps: readonly Step[], fate: Disturbance): Promise<readonly Astray[]> {
  const astray: Astray[] = [];
  for (const step of steps) {
    const run = await runWorld(flow.plan, (number) => (number === step.number ? fate : 'goes-well'));
    const end = endOf(run);
    if (!flow.ends.includes(end)) astray.push({ step, end, story: run.story });
  }
  return astray;
}

/** What is written in both books, and whatever they do not agree on. */
function endOf({ end }: WorldRun): string {
  const broken = compareBooks(end, ENDS).map(({ rule, about, message }) => ` broken ${rule}: ${about} ${message}`);
  return `${rowsOf(end)}${broken.join('')}`;
}

function rowsOf({ orders, ledger, ledgerRefunds, heard }: WorldEnd): string {
  const rows = orders.map(({ orderId, state, attempts, refunds }) => {
    const tried = attempts.map(({ outTradeNo, state: ours }) => {
      const theirs = ledger.find((entry) => entry.outTradeNo === outTradeNo)?.state ?? 'none';
      return `${outTradeNo} ${ours}/${theirs}`;
    });
    const back = refunds.map(({ outRefundNo, state: ours }) => {
      const theirs = ledgerRefunds.find((entry) => entry.outRefundNo === outRefundNo)?.state ?? 'none';
      return `${outRefundNo} ${ours}/${theirs}`;
    });
    const events = new Map(heard.map((event) => [event.sequence, event.type]));
    const told = [...events.values()].join(' ');
    return `${orderId} ${state} (${tried.join(', ')})${back.length === 0 ? '' : ` back ${back.toSorted().join(', ')}`} told ${told}`;
  });
  return rows.join('; ');
}
