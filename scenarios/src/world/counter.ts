import type { Keeper, OpenedOrder } from '@orderkeeper/keeper';
import { type Clock, sleep } from '@orderkeeper/ports';
import type { KeeperProcess } from './keeper-process.ts';

/** The shop's own program at the counter: asks whichever keeper is up, and asks again until it is answered. */
export interface Counter {
  readonly ask: <Answer>(what: string, question: (keeper: Keeper) => Promise<Answer>) => Promise<Answer | 'given-up'>;
}

const ASK_AGAIN_AFTER_MS = 2_000;
const QUESTIONS_MAX = 10_000;

/** Creates a counter. A keeper that dies or throws has not answered. */
export function createCounter(
  processes: readonly KeeperProcess[],
  clock: Clock,
  note: (line: string) => void,
): Counter {
  let turn = 0;
  return {
    ask: async (what, question) => {
      for (let tries = 0; tries < QUESTIONS_MAX; tries += 1) {
        const process = processes[turn++ % processes.length];
        const answer = process === undefined ? 'lost' : await process.ask((keeper) => answered(question(keeper)));
        if (answer !== 'lost' && answer.kind === 'answer') return answer.answer;
        if (answer !== 'lost') note(`${what}: ${answer.message}`);
        await sleep(clock, ASK_AGAIN_AFTER_MS);
      }
      return 'given-up';
    },
  };
}

type Answered<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'threw'; readonly message: string };

const answered = <Answer>(work: Promise<Answer>): Promise<Answered<Answer>> =>
  work.then(
    (answer) => ({ kind: 'answer', answer }),
    (error: unknown) => ({ kind: 'threw', message: String(error) }),
  );

/** What the payer's client needs. */
export type PaymentParameters = NonNullable<OpenedOrder['parameters']>;

/** What opens the cashier: the part of the parameters that WeChat Pay knows again. */
export function entryOf(parameters: PaymentParameters): string {
  switch (parameters.tradeType) {
    case 'JSAPI':
      return parameters.package.slice('prepay_id='.length);
    case 'APP':
      return parameters.prepayid;
    case 'NATIVE':
      return parameters.codeUrl;
    case 'MWEB':
      return parameters.mwebUrl;
  }
}
