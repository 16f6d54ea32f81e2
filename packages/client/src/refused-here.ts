import { refusal } from './core/outcome-of.ts';
import type { Rejected } from './outcome.ts';

/** A refusal before anything was tried. */
export function refusedHere(code: Parameters<typeof refusal>[0], message: string): Rejected {
  return refusal(code, message, { attempts: [], tookMs: 0 });
}
