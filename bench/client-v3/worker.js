// One caller in a process of its own: `node worker.js CALLER`, then jobs by IPC.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { CALLERS } from './callers.js';

const NANOSECONDS_PER_MS = 1e6;
const WARM_UP_MS = 300;
const CHECKED_CALLS = 3;

const caller = await CALLERS[process.argv[2]]();

const REPLIES = { measure, check };

process.on('message', (job) => {
  REPLIES[job.kind](job).then(
    (result) => process.send(result),
    (error) => process.send({ error: String(error?.stack ?? error) }),
  );
});
process.on('disconnect', () => process.exit());

/** A closed loop: each connection has one call on its way, for `ms` after a short warm-up. */
async function measure({ baseUrl, connections, ms, answers }) {
  const cpuAtFirst = process.cpuUsage();
  const { query, close } = await caller.createCaller({ baseUrl, connections });
  const numbers = { next: 0 };
  const run = (forMs) => runFor({ query, connections, ms: forMs, numbers, answers });
  await run(Math.min(ms, WARM_UP_MS));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpuBefore = process.cpuUsage();
  const startedAtMs = performance.now();
  const calls = await run(ms);
  const tookMs = performance.now() - startedAtMs;
  const cpu = process.cpuUsage(cpuBefore);
  delay.disable();
  await close();
  const whole = process.cpuUsage(cpuAtFirst);
  return {
    jobCpuMicros: whole.user + whole.system,
    callsPerSecond: (calls / tookMs) * 1000,
    cpuMicrosPerCall: (cpu.user + cpu.system) / calls,
    loopDelayMs: delay.percentile(99) / NANOSECONDS_PER_MS,
  };
}

async function runFor({ query, connections, ms, numbers, answers }) {
  const untilMs = performance.now() + ms;
  let calls = 0;
  const loop = async () => {
    while (performance.now() < untilMs) {
      const index = numbers.next;
      // Beyond the pool the answers repeat. Who looks at that is not that fast, and would refuse them.
      numbers.next = (index + 1) % answers;
      await query(index);
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, loop));
  return calls;
}

/** Questions to a server that verifies them, and to one that forges the answers, which must not be believed. */
async function check({ strictUrl, forgedUrl }) {
  if (caller.part !== undefined) return {};
  const honest = await caller.createCaller({ baseUrl: strictUrl, connections: 1 });
  for (let index = 0; index < CHECKED_CALLS; index += 1) await honest.query(index);
  await honest.close();
  const cheated = await caller.createCaller({ baseUrl: forgedUrl, connections: 1 });
  const believed = await cheated.query(0).then(
    () => true,
    () => false,
  );
  await cheated.close();
  if (believed) throw new Error('a forged answer was believed');
  return {};
}
