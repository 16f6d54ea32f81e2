import { closeSync, fdatasyncSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = new Uint8Array(4096);

/** The disk by itself: a file of its own in the same directory. */
export function createDisk(directory) {
  const file = openSync(join(directory, 'disk'), 'a');
  return {
    /** How long it takes to append a page and sync it, in milliseconds. */
    syncMs: () => {
      const startedMs = performance.now();
      writeSync(file, PAGE);
      fdatasyncSync(file);
      return performance.now() - startedMs;
    },
    /** Lets everything that was written to another file reach the disk. */
    waitFor: (path) => {
      const other = openSync(path, 'r+');
      fsyncSync(other);
      closeSync(other);
    },
    close: () => closeSync(file),
  };
}
