import { type Http, HttpFailure } from '@orderkeeper/ports';
import type { Store } from '../store/store.ts';

/**
 * What happens to a process at one of its steps; a step is a call to the store or to WeChat Pay. To die before a step is
 * the same as to die after the one before: between two steps nothing leaves the process.
 */
export type Way =
  /** The step has its effect, nobody learns of it, and nothing more ever happens in this process. */
  | 'dies'
  /** The step has its effect and fails all the same; the process lives. */
  | 'errs'
  /** The step fails without an effect; the process lives. */
  | 'refuses';

/** Which step is harmed, counted from 1, and how. */
export interface Harm {
  readonly atStep: number;
  readonly way: Way;
}

/** A step that was made to fail. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

/** The steps of one process. */
export interface HarmedProcess {
  readonly store: Store;
  readonly http: Http;
  readonly stepsCount: () => number;
  readonly isDead: () => boolean;
  /** Resolves when it dies. */
  readonly death: Promise<void>;
}

const never = <Value>(): Promise<Value> => new Promise(() => {});

/** Makes a step out of each call to the store or over HTTP, and harms the planned one. */
export function createHarmedProcess(world: { readonly store: Store; readonly http: Http }, harm?: Harm): HarmedProcess {
  let stepsCount = 0;
  let life: 'alive' | 'dead' = 'alive';
  let die = (): void => {};
  const death = new Promise<void>((resolve) => {
    die = () => {
      life = 'dead';
      resolve();
    };
  });
  const isDead = (): boolean => life === 'dead';
  const step = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (isDead()) return never();
    stepsCount += 1;
    const way = harm?.atStep === stepsCount ? harm.way : undefined;
    if (way === 'refuses') throw new StepFailed(`step ${harm?.atStep} was refused`);
    const value = await work();
    if (way === 'errs') throw new StepFailed(`step ${harm?.atStep} failed after its effect`);
    if (way === 'dies') die();
    return isDead() ? never() : value;
  };
  return {
    store: steppedStore(world.store, step),
    http: (request) => step(() => world.http(request)).catch(asHttpFailure),
    stepsCount: () => stepsCount,
    isDead,
    death,
  };
}

/** Every method of a store is a step. */
function steppedStore(store: Store, step: (work: () => Promise<unknown>) => Promise<unknown>): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      const call = async (given: unknown[]): Promise<unknown> => {
        const answer: unknown = await Reflect.apply(method, target, given);
        return answer;
      };
      return (...given: unknown[]) => step(() => call(given));
    },
  });
}

function asHttpFailure(error: unknown): never {
  throw error instanceof StepFailed ? new HttpFailure('connection-lost', 'maybe-sent', error.message) : error;
}
