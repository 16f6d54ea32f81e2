import { type Failure, failure, ok, type Result } from '../../values/result.ts';

/** Why a row or a header cannot be used. */
export type CellReason = 'column-missing' | 'cell-missing' | 'cell-invalid';

/** A {@link Failure} that names its column. */
export interface CellFailure extends Failure<CellReason> {
  readonly column: string;
}

/** One column: its names and the way from text to value. */
export interface Cell<Value> {
  readonly header: string;
  /** What bills of merchants with the layout from before 2018 call it; looked for only when `header` is not there. */
  readonly oldHeader?: string;
  readonly need: 'required' | 'optional';
  /** A text that means "none", beside the empty one. */
  readonly none?: string;
  readonly read: (text: string) => Result<Value, string>;
}

/** One {@link Cell} for each property of `Row`. */
export type CellTable<Row> = { readonly [Key in keyof Row]-?: Cell<Exclude<Row[Key], undefined>> };

/** Reads the cells of one row, in the order of the header it was bound to. */
export type RowReader<Row> = (cells: readonly string[]) => { readonly ok: true; readonly value: Row } | CellFailure;

const cellFailure = (reason: CellReason, column: string, message: string): CellFailure => ({
  ...failure(reason, `${column}: ${message}`),
  column,
});

/** Finds each column of `table` in `header` once, so that reading a row is a walk over places. */
export function bindTable<Row extends object>(
  table: CellTable<Row>,
  header: readonly string[],
): { readonly ok: true; readonly value: RowReader<Row> } | CellFailure {
  const places: { readonly key: keyof Row; readonly index: number }[] = [];
  for (const key of keysOf(table)) {
    const { header: name, oldHeader, need } = table[key];
    const indexNow = header.indexOf(name);
    const index = indexNow === -1 && oldHeader !== undefined ? header.indexOf(oldHeader) : indexNow;
    if (index !== -1) places.push({ key, index });
    else if (need === 'required') return cellFailure('column-missing', name, 'the bill has no such column');
  }
  return ok((cells) => {
    const row: Partial<Row> = {};
    for (const { key, index } of places) {
      const { header: name, need, none = '', read } = table[key];
      const text = cells[index] ?? '';
      if (text !== '' && text !== none) {
        const value = read(text);
        if (!value.ok) return cellFailure('cell-invalid', name, value.message);
        row[key] = value.value;
      } else if (need === 'required') return cellFailure('cell-missing', name, 'the cell is empty');
    }
    // Every required property was set above; the type of a loop cannot say so.
    return ok(row as Row);
  });
}

// `Object.keys` has lost the key type that `table` has.
const keysOf = <Row extends object>(table: CellTable<Row>): (keyof Row)[] => Object.keys(table) as (keyof Row)[];
