import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts a program of this folder that answers each job by one message. */
export function start(file, ...args) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    ask: (job) => ask(child, job),
    stop: () => child.disconnect(),
  };
}

async function ask(child, job) {
  const done = new AbortController();
  const { signal } = done;
  child.send(job);
  try {
    const [result] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code]) => [{ error: `the process ended with ${code}` }]),
    ]);
    if (result.error !== undefined) throw new Error(result.error);
    return result;
  } finally {
    // Whoever lost the race stops listening: a process is asked many times.
    done.abort();
  }
}
