import { UNLISTED } from '../../v2/codes/code-row-of.ts';
import type { V3CodeRow, V3CodeTable } from './code-row.ts';

/** What of an operation tells the meaning of its failures. */
export interface V3FailingRow {
  readonly codes: V3CodeTable;
  readonly effect: 'reads' | 'changes';
}

/** A code with what it means, in the spelling of the table. */
export interface NamedCode {
  readonly code: string;
  readonly row: V3CodeRow;
}

const UNLISTED_ROWS: Readonly<Record<V3FailingRow['effect'], Omit<V3CodeRow, 'status'>>> = {
  // A code we do not know may mean "timed out after accepting": only the state of the order can tell.
  changes: {
    outcome: 'unknown',
    repeat: 'query',
    meaning: 'WeChat Pay failed in a way that is not documented; whether anything was changed is not known',
    remedy: 'query the state before anything else, and read the description',
  },
  reads: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'WeChat Pay failed in a way that is not documented; nothing was changed',
    remedy: 'read the description',
  },
};

const SERVER_FAILED: Readonly<Record<V3FailingRow['effect'], Omit<V3CodeRow, 'status'>>> = {
  changes: {
    outcome: 'unknown',
    repeat: 'query',
    meaning: 'the servers of WeChat Pay failed; what happened to the call is not known',
    remedy: 'query the state, or send the same request again under the same number',
  },
  reads: {
    outcome: 'unknown',
    repeat: 'at-once',
    meaning: 'the servers of WeChat Pay failed; the answer is not known',
    remedy: 'ask again',
  },
};

const NOT_FINISHED: Omit<V3CodeRow, 'status'> = {
  outcome: 'unknown',
  repeat: 'later',
  meaning: 'the request was accepted, but is not finished',
  remedy: 'send the same request again later, with the same parameters',
};

/** Old pages write ORDERNOTEXIST where new ones write ORDER_NOT_EXIST. */
const withoutUnderscores = (code: string): string => code.replaceAll('_', '');

/**
 * What a code means for an operation, whichever way it is spelled; total over all texts and statuses. A status of 500
 * and more means that nobody knows, whatever the code says, unless the code is documented with such a status.
 */
export function v3CodeRowOf({ codes, effect }: V3FailingRow, code: string, status: number): NamedCode {
  const spelled = withoutUnderscores(code);
  const known = Object.keys(codes).find((name) => withoutUnderscores(name) === spelled);
  const row = known === undefined ? undefined : codes[known];
  const name = known ?? (code === '' ? UNLISTED : code);
  if (row !== undefined && (status < 500 || row.status >= 500 || row.outcome === 'unknown')) return { code: name, row };
  if (status >= 500) return { code: name, row: { status, ...SERVER_FAILED[effect] } };
  if (status === 202) return { code: name, row: { status, ...NOT_FINISHED } };
  return { code: name, row: { status, ...UNLISTED_ROWS[effect] } };
}
