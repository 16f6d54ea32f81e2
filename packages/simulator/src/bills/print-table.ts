/** The cells of one row by the name of their column; what is absent is empty. */
export type Cells = Readonly<Record<string, string>>;

const BYTE_ORDER_MARK = '\ufeff';
const LINE_END = '\r\n';

const printRow = (header: readonly string[], cells: Cells): string =>
  header.map((name) => `\`${cells[name] ?? ''}`).join(',');

/**
 * Prints a bill as it is downloaded: a byte order mark, a header, rows, a second header and one row of sums. Every value
 * begins with a backtick and nothing is quoted.
 */
export function printTable(
  header: readonly string[],
  rows: readonly Cells[],
  summaryHeader: readonly string[],
  summary: Cells,
): Uint8Array {
  const lines = [
    header.join(','),
    ...rows.map((cells) => printRow(header, cells)),
    summaryHeader.join(','),
    printRow(summaryHeader, summary),
  ];
  return Buffer.from(`${BYTE_ORDER_MARK}${lines.join(LINE_END)}${LINE_END}`, 'utf8');
}
