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
import { CALM_MS_MAX, createCalm } from './client-v3/calm.js';
import { CALLERS, CALLERS_DEFAULT } from './client-v3/callers.js';
import { opensslSpeed } from './client-v3/openssl-speed.js';
import { start } from './client-v3/processes.js';
import { printReport, summarise } from './client-v3/report.js';
import { openStage } from './client-v3/stage.js';

const CONNECTIONS = [1, 16, 64];

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

const stage = await openStage({ ms });
const node = start('crypto-speed.js');
const workers = new Map(names.map((name) => [name, start('worker.js', name)]));
const samples = [];
const machine = [];
try {
  for (const name of names) {
    await named(name, workers.get(name).ask({ kind: 'check', ...stage.addresses }));
    // Not counted: whoever comes first would pay for compiling what it runs.
    await measure(name, CONNECTIONS.at(-1));
  }
  for (let round = 1; round <= rounds; round += 1) {
    machine.push({ round, node: await calmly(measureNode), openssl: await opensslSpeed({ seconds: 1 }) });
    for (const connections of CONNECTIONS) {
      for (const name of names) {
        samples.push({ name, connections, round, ...(await calmly(() => measure(name, connections))) });
      }
    }
    process.stderr.write(`round ${round} of ${rounds}\n`);
  }
} finally {
  stage.close();
  for (const child of [node, ...workers.values()]) child.stop();
}

const summary = summarise(samples, machine);
const checks = Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await CALLERS[name]()).checks])));
console.log(
  values.json
    ? JSON.stringify({ node: process.version, ...summary, checks, samples, machine }, undefined, 2)
    : printReport(summary, checks),
);

function measure(name, connections) {
  return named(name, stage.measure(workers.get(name), connections));
}

async function measureNode() {
  const busy = startBusyCount();
  const { jobCpuMicros, ...speeds } = await node.ask({ ms });
  return { ...speeds, othersCores: busy.othersCores(jobCpuMicros) };
}

async function named(name, asked) {
  try {
    return await asked;
  } catch (cause) {
    throw new Error(`${name}: ${cause.message}`, { cause });
  }
}
