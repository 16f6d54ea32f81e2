import { failure, ok, type Result } from '@orderkeeper/protocol';
import type { Rules } from './rules.ts';

/** Refuses lengths of time that are no whole milliseconds: instants that are reckoned with them could not be stored. */
export function checkRules(rules: Rules): Result<void, 'not-whole-milliseconds'> {
  const times: readonly (readonly [string, unknown])[] = Object.entries(rules).filter(([name]) => isLengthOfTime(name));
  for (const [name, value] of times) {
    if ([value].flat().every(isWhole)) continue;
    return failure('not-whole-milliseconds', `rule ${name} must be whole milliseconds from 0 on, not ${String(value)}`);
  }
  return ok(undefined);
}

const isLengthOfTime = (name: string): boolean => /Ms(?:$|[A-Z])/.test(name);

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
