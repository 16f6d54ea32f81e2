import { type Life, never } from './life.ts';

/** Where a step of a process leads: into its store, to WeChat Pay, or to the merchant's systems. */
export type StepKind = 'store' | 'network' | 'telling';

/** What becomes of a step. `crash` ends the life of its process there. */
export type StepFate = 'goes-well' | 'crash-before' | 'crash-after' | 'fails' | 'twice';

/** Decides the fate of each step; steps are counted from 1 through all lives of a process. */
export type Fates = (step: number, kind: StepKind, name: string) => StepFate;

/** Runs the steps of one life. */
export type RunStep = <Value>(kind: StepKind, name: string, work: () => Promise<Value>) => Promise<Value>;

/** Makes every step mortal: what is asked after the end never happens, what was under way is never answered. */
export function mortalSteps(life: Life, count: { steps: number }, fates: Fates, crash: () => void): RunStep {
  return async (kind, name, work) => {
    if (life.isOver()) return never();
    count.steps += 1;
    const fate = fates(count.steps, kind, name);
    if (fate === 'fails') throw new Error(`the step ${name} fails on purpose`);
    if (fate === 'crash-before') {
      crash();
      return never();
    }
    try {
      const first = work();
      if (fate === 'twice') await first.then(() => work()).catch(() => undefined);
      const value = await first;
      if (fate === 'crash-after') crash();
      return life.isOver() ? await never() : value;
    } catch (error) {
      if (life.isOver()) return never();
      throw error;
    }
  };
}
