import { failure, ok, type Result } from '../../values/result.ts';

/** Why bytes cannot be cut into lines. */
export type LineReason = 'not-utf8' | 'line-too-long';

/** Cuts bytes into lines; chunks may end anywhere, also within a character. */
export interface LineCutter {
  /** The lines that are complete now, without their ends. */
  readonly push: (chunk: Uint8Array) => Result<readonly string[], LineReason>;
  /** What stands after the last line end: one line, or none. */
  readonly end: () => Result<readonly string[], LineReason>;
}

/** Twenty times the longest row that the documented limits of its columns allow. */
const LINE_LENGTH_MAX = 65_536;

/** Creates a {@link LineCutter} for UTF-8 with CRLF or LF; a byte order mark at the start is dropped. */
export function createLineCutter(): LineCutter {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  const take = (decode: () => string): Result<string[], LineReason> => {
    let text: string;
    try {
      text = rest + decode();
    } catch {
      return failure('not-utf8', 'the bill is not UTF-8');
    }
    const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
    // A carriage return at the very end may be the first half of a line end; it is put back.
    rest = text.slice(text.lastIndexOf('\n') + 1);
    lines.pop();
    if (rest.length > LINE_LENGTH_MAX || lines.some((line) => line.length > LINE_LENGTH_MAX)) {
      return failure('line-too-long', `a line has more than ${LINE_LENGTH_MAX} characters`);
    }
    return ok(lines);
  };
  return {
    push: (chunk) => take(() => decoder.decode(chunk, { stream: true })),
    end: () => {
      const lines = take(() => decoder.decode());
      if (!lines.ok || rest === '') return lines;
      return ok([...lines.value, rest.endsWith('\r') ? rest.slice(0, -1) : rest]);
    },
  };
}
