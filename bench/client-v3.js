// How many APIv3 queries a second, and how much CPU for each: ours, other people's, bare HTTP and what RSA costs on this
// machine, in one run.
//
//   npm run build && npm ci --prefix bench && node bench/client-v3.js [--json] [--rounds 5] [--ms 1000]
//     [--only NAME]… [--others 0.2]
//
// A server in a process of its own answers from a pool of signed answers. Each caller has its own process too; rounds are
// interleaved, so that a busy moment of the machine hits everyone; a figure is the median of its rounds, a ratio the median
// of the ratios within each round. On a machine that is shared, `--others 0.2` waits for moments in which other work uses at
// most that many cores, and measures again what was disturbed, for half an hour at most.
import { parseArgs } from 'node:util';
import { startBusyCount } from './client-v3/busy.js';
import { createCalm } from './client-v3/calm.js';
import { CALLERS, CALLERS_DEFAULT } from './client-v3/callers.js';
import { opensslSpeed } from './client-v3/openssl-speed.js';
import { start } from './client-v3/processes.js';
import { printReport, summarise } from './client-v3/report.js';

const CONNECTIONS = [1, 16, 64];
/** More than a caller that looks at signatures can use up within one job of a second. */
const ANSWERS_PER_SECOND = 10_000;
const WARM_UP_SECONDS = 0.3;
/** Answers are true for five minutes; they are used for less than two. */
const POOL_MS = 100_000;
const CALM_MS_MAX = 1_800_000;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    ms: { type: 'string', default: '1000' },
    only: { type: 'string', multiple: true },
    others: { type: 'string', default: 'Infinity' },
  },
});
const ms = Number(values.ms);
const rounds = Number(values.rounds);
const names = values.only ?? CALLERS_DEFAULT;
const calmly = createCalm({ othersMax: Number(values.others), untilMs: performance.now() + CALM_MS_MAX });

const server = start('server.js');
const node = start('crypto-speed.js');
const workers = new Map(names.map((name) => [name, start('worker.js', name)]));
const pool = { signedAtMs: Number.NEGATIVE_INFINITY, answers: 0 };
const samples = [];
const machine = [];
try {
  const addresses = await server.ask({ kind: 'addresses' });
  for (const name of names) {
    await asked(name, { kind: 'check', ...addresses });
    // Not counted: whoever comes first would pay for compiling what it runs.
    await measure(name, { baseUrl: addresses.baseUrl, connections: CONNECTIONS.at(-1), ms });
  }
  for (let round = 1; round <= rounds; round += 1) {
    machine.push({ round, node: await calmly(measureNode), openssl: await opensslSpeed({ seconds: 1 }) });
    for (const connections of CONNECTIONS) {
      for (const name of names) {
        const sample = await calmly(() => measure(name, { baseUrl: addresses.baseUrl, connections, ms }));
        samples.push({ name, connections, round, ...sample });
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
  const answers = await freshAnswers();
  const busy = startBusyCount();
  const before = await server.ask({ kind: 'usage' });
  const { jobCpuMicros, ...sample } = await asked(name, { kind: 'measure', ...job, answers });
  const after = await server.ask({ kind: 'usage' });
  const opened = after.connectionsCount - before.connectionsCount;
  if (opened > job.connections) throw new Error(`${name} opened ${opened} connections instead of ${job.connections}`);
  const serverMicros = after.cpuMicros - before.cpuMicros;
  return {
    ...sample,
    serverMicrosPerCall: serverMicros / (after.answersCount - before.answersCount),
    othersCores: Math.max(0, busy.othersCores(jobCpuMicros + serverMicros)),
  };
}

/** The pool may serve many jobs: every job has a client of its own, which has not seen its answers yet. */
async function freshAnswers() {
  if (performance.now() - pool.signedAtMs > POOL_MS) {
    const count = Math.ceil(ANSWERS_PER_SECOND * (ms / 1000 + WARM_UP_SECONDS));
    Object.assign(pool, { signedAtMs: performance.now(), answers: (await server.ask({ kind: 'sign', count })).count });
  }
  return pool.answers;
}

async function measureNode() {
  const busy = startBusyCount();
  const { jobCpuMicros, ...speeds } = await node.ask({ ms });
  return { ...speeds, othersCores: busy.othersCores(jobCpuMicros) };
}

async function asked(name, job) {
  try {
    return await workers.get(name).ask(job);
  } catch (cause) {
    throw new Error(`${name}: ${cause.message}`, { cause });
  }
}
