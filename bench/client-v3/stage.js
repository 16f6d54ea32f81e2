import { startBusyCount } from './busy.js';
import { start } from './processes.js';

/** More than a caller that looks at signatures can use up. */
const ANSWERS_PER_SECOND = 10_000;
const WARM_UP_SECONDS = 0.3;
/** Answers are true for five minutes; they are used for less than two. */
const POOL_MS = 100_000;

/** The server with its pool of answers, before which callers are measured for `ms` each. */
export async function openStage({ ms }) {
  const server = start('server.js');
  const addresses = await server.ask({ kind: 'addresses' });
  const pool = { signedAtMs: Number.NEGATIVE_INFINITY, answers: 0 };

  /** The pool may serve many jobs: every job has a client of its own, which has not seen its answers yet. */
  const freshAnswers = async () => {
    if (performance.now() - pool.signedAtMs > POOL_MS) {
      const count = Math.ceil(ANSWERS_PER_SECOND * (ms / 1000 + WARM_UP_SECONDS));
      Object.assign(pool, {
        signedAtMs: performance.now(),
        answers: (await server.ask({ kind: 'sign', count })).count,
      });
    }
    return pool.answers;
  };

  return {
    addresses,
    close: () => server.stop(),
    /** One job of one caller, and what it cost the server. Nobody is measured who opens a connection for every call. */
    measure: async (worker, connections) => {
      const answers = await freshAnswers();
      const busy = startBusyCount();
      const before = await server.ask({ kind: 'usage' });
      const job = { kind: 'measure', baseUrl: addresses.baseUrl, connections, ms, answers };
      const { jobCpuMicros, ...sample } = await worker.ask(job);
      const after = await server.ask({ kind: 'usage' });
      const opened = after.connectionsCount - before.connectionsCount;
      if (opened > connections) throw new Error(`${opened} connections were opened instead of ${connections}`);
      const serverMicros = after.cpuMicros - before.cpuMicros;
      const answered = after.answersCount - before.answersCount;
      return {
        ...sample,
        ...(answered > 0 && { serverMicrosPerCall: serverMicros / answered }),
        othersCores: Math.max(0, busy.othersCores(jobCpuMicros + serverMicros)),
      };
    },
  };
}
