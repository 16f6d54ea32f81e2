import type { OperationRow } from '../operation.ts';
import type { CodeRow } from './code-row.ts';

/** Stands for a failure whose code or text no table lists. */
export const UNLISTED = 'UNLISTED';

const UNLISTED_ROWS: Readonly<Record<OperationRow['effect'], CodeRow>> = {
  // A code we do not know may mean "timed out after charging": only the state of the order can tell.
  changes: {
    outcome: 'unknown',
    repeat: 'query',
    meaning: 'WeChat Pay failed with a code that is not documented; whether anything was changed is not known',
    remedy: 'query the state before anything else, and read the description',
  },
  reads: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'WeChat Pay failed with a code that is not documented; nothing was changed',
    remedy: 'read the description',
  },
};

/**
 * What a code means for an operation; total over all texts. A code that the operation's table does not list says
 * nothing about operations that change something: they are `unknown`.
 */
export function codeRowOf(operation: Pick<OperationRow, 'codes' | 'effect'>, code: string): CodeRow {
  const row = Object.hasOwn(operation.codes, code) ? operation.codes[code] : undefined;
  return row ?? UNLISTED_ROWS[operation.effect];
}
