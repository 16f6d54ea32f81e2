import { z } from 'zod';
import { instant, instantMs, printInstant } from './values.ts';

/** Where an order stands, why, what comes next and what to do if that looks wrong. */
export const explanationSchema = z.strictObject({
  state: z.enum(['open', 'paid', 'closed', 'reversed', 'refunded']),
  why: z.string(),
  next: z.array(z.strictObject({ duty: z.string(), dueAt: instant, dueAtMs: instantMs })),
  whatToDo: z.string(),
  text: z.strictObject({ en: z.string(), zh: z.string() }),
});

/** Where an order stands and why. */
export type ExplanationView = z.output<typeof explanationSchema>;

/** What the keeper says of an order. */
interface Explained extends Omit<ExplanationView, 'next'> {
  readonly next: readonly { readonly duty: string; readonly dueAtMs: number }[];
}

/** Prints an explanation. */
export function explanationView({ state, why, next, whatToDo, text }: Explained): ExplanationView {
  return {
    state,
    why,
    whatToDo,
    text,
    next: next.map(({ duty, dueAtMs }) => ({ duty, dueAt: printInstant(dueAtMs), dueAtMs })),
  };
}
