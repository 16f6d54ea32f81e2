import type { Fields } from '@orderkeeper/protocol';
import { INSPECT } from './inspect.ts';

/** Not enumerable, so that nobody who looks at the fields finds it among them. */
const QUIET: PropertyDescriptor & ThisType<Fields> = {
  value(): string {
    return `[${this.size} fields]`;
  },
};

/**
 * The same map, which prints as `[23 fields]` wherever it is logged: a signed answer names its payer, and outcomes end up
 * in logs. `Object.fromEntries(fields)` shows what is in it.
 */
export const quietFields = (fields: Fields): Fields => Object.defineProperty(fields, INSPECT, QUIET);
