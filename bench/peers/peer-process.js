import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** No SDK waits longer than this for an answer from the same machine. */
const ANSWER_MS_MAX = 30_000;

/**
 * Starts one peer; `call` sends it one line and reads one line. What it writes to standard error is shown as it comes, files
 * that it leaves behind end in `folder`.
 */
export function startPeer({ program, args, env }, folder) {
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: folder,
    env: { ...process.env, NODE_NO_WARNINGS: '1', ...env },
  });
  // Whoever has ended is noticed when its answer is missing.
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    call: async (operation, fields = {}) => {
      child.stdin.write(`${operation}?${new URLSearchParams(fields)}\n`);
      const line = await within(lines.next());
      return line.done ? { refused: 'the peer ended' } : Object.fromEntries(new URLSearchParams(line.value));
    },
    stop: () => child.kill(),
  };
}

async function within(promise) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ANSWER_MS_MAX, { value: `refused=no answer after ${ANSWER_MS_MAX} ms` });
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
