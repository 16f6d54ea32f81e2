// One caller in a process of its own: `node worker.js CALLER`, then messages { baseUrl, connections, ms } by IPC.
import { CALLERS } from './callers.js';

const load = CALLERS[process.argv[2]];

process.on('message', (job) => {
  measure(job).then(
    (result) => process.send(result),
    (error) => process.send({ error: String(error?.stack ?? error) }),
  );
});
process.on('disconnect', () => process.exit());

/** A closed loop: each connection has one call on its way, for `ms` after a short warm-up. */
async function measure({ baseUrl, connections, ms }) {
  const caller = await (await load()).createCaller({ baseUrl, connections });
  await runFor(caller.query, connections, Math.min(ms, 300));
  const cpuBefore = process.cpuUsage();
  const startedAtMs = performance.now();
  const calls = await runFor(caller.query, connections, ms);
  const tookMs = performance.now() - startedAtMs;
  const cpu = process.cpuUsage(cpuBefore);
  await caller.close();
  return { callsPerSecond: (calls / tookMs) * 1000, cpuMicrosPerCall: (cpu.user + cpu.system) / calls };
}

async function runFor(query, connections, ms) {
  const untilMs = performance.now() + ms;
  let calls = 0;
  const loop = async () => {
    while (performance.now() < untilMs) {
      await query();
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, loop));
  return calls;
}
