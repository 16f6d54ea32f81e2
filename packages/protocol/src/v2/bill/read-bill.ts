import { type Failure, failure } from '../../values/result.ts';
import { bindTable, type CellFailure, type CellReason, type CellTable, type RowReader } from './cell-table.ts';
import { createLineCutter, type LineReason } from './lines.ts';

/** What is wrong with a bill or with one of its rows. */
export type BillReason =
  | CellReason
  | LineReason
  | 'not-a-bill'
  | 'cell-count'
  | 'summary-missing'
  | 'line-after-summary';

/**
 * Something in a bill that cannot be used. `row-skipped` concerns one row and reading went on; `bill-ended` means that
 * nothing was read from there on, so rows may be missing.
 */
export interface BillFlaw {
  readonly kind: 'flaw';
  readonly effect: 'row-skipped' | 'bill-ended';
  readonly reason: BillReason;
  /** The first line is 1. */
  readonly line: number;
  /** The name of the column, where one is to blame. */
  readonly column?: string;
  readonly message: string;
}

/** One row of a bill. */
export type BillRow<Row> = Row & {
  /** Where it stands; the first line is 1. */
  readonly line: number;
};

/** The sums that end a bill. */
export type BillSummary<Summary> = Summary & { readonly kind: 'summary'; readonly line: number };

/** What a bill yields: rows, then its summary; flaws among them. Without a summary something is missing. */
export type BillItem<Row, Summary> = BillRow<Row> | BillSummary<Summary> | BillFlaw;

/** What distinguishes one sort of bill from another. */
export interface BillLayout<Row, Summary> {
  /** The column by which this sort of bill is recognised. */
  readonly mark: string;
  readonly bindRows: (header: readonly string[]) => { readonly ok: true; readonly value: RowReader<Row> } | CellFailure;
  readonly summary: CellTable<Summary>;
}

/** Bounds how much text is held at once when a bill comes in one piece. */
const PIECE_BYTES = 65_536;

/** Reads a bill as it arrives, in chunks that may end anywhere. Memory does not grow with its length. */
export async function* readBill<Row extends object, Summary extends object>(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  layout: BillLayout<Row, Summary>,
): AsyncGenerator<BillItem<Row, Summary>, void, undefined> {
  const cutter = createLineCutter();
  let part: Part<BillItem<Row, Summary>> = headerPart(layout);
  let line = 0;
  for await (const cut of cutPieces(chunks, cutter)) {
    if (!cut.ok) {
      yield flaw('bill-ended', line + 1, cut);
      return;
    }
    for (const text of cut.value) {
      line += 1;
      const step = part.read(text, line);
      if (step.item !== undefined) yield step.item;
      if (step.next === 'ended') return;
      part = step.next;
    }
  }
  if (part.missing !== undefined) yield flaw('bill-ended', line + 1, part.missing);
}

async function* cutPieces(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  cutter: ReturnType<typeof createLineCutter>,
): AsyncGenerator<ReturnType<typeof cutter.push>, void, undefined> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) yield cutter.push(chunk.subarray(at, at + PIECE_BYTES));
  }
  yield cutter.end();
}

/** A part of a bill. Each knows how to read its next line, and what follows. */
interface Part<Item> {
  readonly read: (text: string, line: number) => { readonly item?: Item; readonly next: Part<Item> | 'ended' };
  /** What is missing when the bill ends here. */
  readonly missing?: Failure<BillReason>;
}

const SUMMARY_MISSING = failure('summary-missing', 'the bill ends without its summary, rows may be missing too');

/** Values begin with a backtick, which headers never do; so a header also ends the part before it. */
const isValues = (text: string): boolean => text.startsWith('`');

/** A value may contain commas, but none that is followed by a backtick. */
const cellsOf = (text: string): string[] => text.slice(1).split(',`');

function headerPart<Row extends object, Summary extends object>(
  layout: BillLayout<Row, Summary>,
): Part<BillItem<Row, Summary>> {
  return {
    missing: failure('not-a-bill', 'there is not even a header'),
    read: (text, line) => {
      const header = text.split(',');
      if (!header.includes(layout.mark)) {
        const message = `the first line has no column ${layout.mark}, so this is no bill of the expected sort`;
        return { item: flaw('bill-ended', line, failure('not-a-bill', message)), next: 'ended' };
      }
      const bound = layout.bindRows(header);
      if (!bound.ok) return { item: flaw('bill-ended', line, bound), next: 'ended' };
      return { next: rowsPart(layout, header.length, bound.value) };
    },
  };
}

function rowsPart<Row extends object, Summary extends object>(
  layout: BillLayout<Row, Summary>,
  cellCount: number,
  readRow: RowReader<Row>,
): Part<BillItem<Row, Summary>> {
  const part: Part<BillItem<Row, Summary>> = {
    missing: SUMMARY_MISSING,
    read: (text, line) => {
      if (!isValues(text)) return summaryHeader(layout.summary, text, line);
      const cells = cellsOf(text);
      if (cells.length !== cellCount)
        return { item: flaw('row-skipped', line, wrongCount(cells, cellCount)), next: part };
      const row = readRow(cells);
      return { item: row.ok ? { ...row.value, line } : flaw('row-skipped', line, row), next: part };
    },
  };
  return part;
}

function summaryHeader<Row extends object, Summary extends object>(
  table: CellTable<Summary>,
  text: string,
  line: number,
): ReturnType<Part<BillItem<Row, Summary>>['read']> {
  const header = text.split(',');
  const bound = bindTable(table, header);
  if (!bound.ok) return { item: flaw('bill-ended', line, bound), next: 'ended' };
  return { next: summaryPart(header.length, bound.value) };
}

function summaryPart<Row extends object, Summary extends object>(
  cellCount: number,
  readSummary: RowReader<Summary>,
): Part<BillItem<Row, Summary>> {
  return {
    missing: SUMMARY_MISSING,
    read: (text, line) => {
      const cells = isValues(text) ? cellsOf(text) : [];
      if (cells.length !== cellCount)
        return { item: flaw('bill-ended', line, wrongCount(cells, cellCount)), next: 'ended' };
      const summary = readSummary(cells);
      if (!summary.ok) return { item: flaw('bill-ended', line, summary), next: 'ended' };
      return { item: { ...summary.value, kind: 'summary', line }, next: TAIL };
    },
  };
}

/** Nothing but empty lines may follow the summary. */
const TAIL: Part<BillFlaw> = {
  read: (text, line) => {
    if (text.trim() === '') return { next: TAIL };
    return {
      item: flaw('bill-ended', line, failure('line-after-summary', 'something follows the summary')),
      next: 'ended',
    };
  },
};

const wrongCount = (cells: readonly string[], expected: number): Failure<BillReason> =>
  failure('cell-count', `the line has ${cells.length} values, its header ${expected} columns`);

function flaw(
  effect: BillFlaw['effect'],
  line: number,
  cause: Failure<BillReason> & { readonly column?: string },
): BillFlaw {
  const { reason, message, column } = cause;
  return {
    kind: 'flaw',
    effect,
    reason,
    line,
    ...(column === undefined ? {} : { column }),
    message: `line ${line}, ${message}`,
  };
}
