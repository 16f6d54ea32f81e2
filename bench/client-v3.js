// How many APIv3 queries a second, and how much CPU for each: ours, other people's, bare HTTP and what RSA costs on this
// machine, in one run.
//
//   npm run build && npm ci --prefix bench && node bench/client-v3.js [--json] [--rounds 5] [--ms 1000] [--only NAME]…
//
// A server in a process of its own answers from a pool that it signs before each round. Each caller has its own process
// too; rounds are interleaved, so that a busy moment of the machine hits everyone; a figure is the median of its rounds,
// a ratio the median of the ratios within each round.
import { parseArgs } from 'node:util';
import { startBusyCount } from './client-v3/busy.js';
import { CALLERS, CALLERS_DEFAULT } from './client-v3/callers.js';
import { opensslSpeed } from './client-v3/openssl-speed.js';
import { start } from './client-v3/processes.js';
import { printReport, summarise } from './client-v3/report.js';

const CONNECTIONS = [1, 16, 64];
/** More than a caller that looks at signatures can use up within one job of a second. */
const ANSWERS_PER_SECOND = 10_000;
const WARM_UP_SECONDS = 0.3;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    ms: { type: 'string', default: '1000' },
    only: { type: 'string', multiple: true },
  },
});
const ms = Number(values.ms);
const rounds = Number(values.rounds);
const names = values.only ?? CALLERS_DEFAULT;

const server = start('server.js');
const node = start('crypto-speed.js');
const workers = new Map(names.map((name) => [name, start('worker.js', name)]));
const samples = [];
const machine = [];
try {
  const addresses = await server.ask({ kind: 'addresses' });
  for (const name of names) await asked(name, { kind: 'check', ...addresses });
  for (let round = 1; round <= rounds; round += 1) {
    machine.push({ round, node: await node.ask({ ms }), openssl: await opensslSpeed({ seconds: 1 }) });
    const count = Math.ceil(ANSWERS_PER_SECOND * (ms / 1000 + WARM_UP_SECONDS));
    const { count: answers } = await server.ask({ kind: 'sign', count });
    for (const connections of CONNECTIONS) {
      for (const name of names) {
        const job = { baseUrl: addresses.baseUrl, connections, ms, answers };
        samples.push({ name, connections, round, ...(await measure(name, job)) });
      }
    }
    process.stderr.write(`round ${round} of ${rounds}\n`);
  }
} finally {
  for (const child of [server, node, ...workers.values()]) child.stop();
}

const summary = summarise(samples, machine);
const checks = Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await CALLERS[name]()).checks])));
console.log(
  values.json
    ? JSON.stringify({ node: process.version, ...summary, checks, samples, machine }, undefined, 2)
    : printReport(summary, checks),
);

/** One job of one caller, and what it has cost the server. Nobody is measured who opens a connection for every call. */
async function measure(name, job) {
  const busy = startBusyCount();
  const before = await server.ask({ kind: 'usage' });
  const { jobCpuMicros, ...sample } = await asked(name, { kind: 'measure', ...job });
  const after = await server.ask({ kind: 'usage' });
  const opened = after.connectionsCount - before.connectionsCount;
  if (opened > job.connections) throw new Error(`${name} opened ${opened} connections instead of ${job.connections}`);
  const serverMicros = after.cpuMicros - before.cpuMicros;
  return {
    ...sample,
    serverMicrosPerCall: serverMicros / (after.answersCount - before.answersCount),
    othersCores: busy.othersCores(jobCpuMicros + serverMicros),
  };
}

async function asked(name, job) {
  try {
    return await workers.get(name).ask(job);
  } catch (cause) {
    throw new Error(`${name}: ${cause.message}`, { cause });
  }
}
