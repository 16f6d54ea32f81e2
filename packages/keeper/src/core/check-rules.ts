import { failure, ok, type Result } from '@orderkeeper/protocol';
import type { Rules } from './rules.ts';

/** Refuses lengths of time that are no whole milliseconds: instants that are reckoned with them could not be stored. */
export function checkRules(rules: Rules): Result<void, 'not-whole-milliseconds'> {
  const wrong = Object.entries(rules).find(([name, value]) => isLengthOfTime(name) && ![value].flat().every(isWhole));
  if (wrong === undefined) return ok(undefined);
  const [name, value] = wrong;
  return failure('not-whole-milliseconds', `rule ${name} must be whole milliseconds from 0 on, not ${String(value)}`);
}

const isLengthOfTime = (name: string): boolean => /Ms(?:$|[A-Z])/.test(name);

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
