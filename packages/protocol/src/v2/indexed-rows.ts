import type { Fields } from './fields.ts';

/** The end of an indexed name. Indexes may have gaps; three digits bound what one message can make us do. */
const INDEXED_NAME = /^(.+)_(0|[1-9][0-9]{0,2})$/;

/** One row of an indexed list, its fields under their names without the index. */
export interface IndexedRow {
  readonly index: number;
  readonly fields: Fields;
}

/**
 * Gathers `name_0`, `name_1` … of `names` into rows in the order of their index. Only what is there counts: lists with
 * gaps occur, and the counts sent beside them are not always right. With `parent` 2 the names are `name_2_0`,
 * `name_2_1` …: the list inside row 2 of an outer list.
 */
export function indexedRows(fields: Fields, names: ReadonlySet<string>, parent?: number): readonly IndexedRow[] {
  const ending = parent === undefined ? '' : `_${parent}`;
  const rows = new Map<number, Map<string, string>>();
  for (const [wire, value] of fields) {
    if (!endsInDigit(wire)) continue;
    const match = INDEXED_NAME.exec(wire);
    const [, head = '', digits = ''] = match ?? [];
    if (!head.endsWith(ending)) continue;
    const name = head.slice(0, head.length - ending.length);
    if (!names.has(name)) continue;
    const index = Number(digits);
    const row = rows.get(index) ?? new Map<string, string>();
    rows.set(index, row.set(name, value));
  }
  return [...rows].sort(([a], [b]) => a - b).map(([index, row]) => ({ index, fields: row }));
}

/** Most names of most messages are not indexed; this tells for a tenth of the time that the expression takes. */
function endsInDigit(name: string): boolean {
  const code = name.charCodeAt(name.length - 1);
  return code >= 0x30 && code <= 0x39;
}

/** The names on the wire that a table of fields reads, for {@link indexedRows}. */
export const wireNames = (table: Readonly<Record<string, { readonly wire: string }>>): ReadonlySet<string> =>
  new Set(Object.values(table).map((field) => field.wire));
