import { createHash } from 'node:crypto';

/** Everything that happened, as one sentence each: the story of a failure, and the proof that two runs are the same. */
export interface Journal {
  readonly note: (atMs: number, line: string) => void;
  /** One line per sentence, with the time since the beginning. */
  readonly story: () => readonly string[];
  /** Equal for equal runs. */
  readonly digest: () => string;
}

const DIGEST_LENGTH = 16;

/** Creates an empty journal of a world that begins at `startMs`. */
export function createJournal(startMs: number): Journal {
  const lines: string[] = [];
  return {
    note: (atMs, line) => {
      lines.push(`${printElapsed(atMs - startMs)}  ${line}`);
    },
    story: () => lines,
    digest: () => createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, DIGEST_LENGTH),
  };
}

function printElapsed(elapsedMs: number): string {
  const seconds = Math.floor(elapsedMs / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${parts.map((part) => String(part).padStart(2, '0')).join(':')}.${String(elapsedMs % 1000).padStart(3, '0')}`;
}
