// How many orderquery calls a second, and how much CPU for each: ours, other people's, and bare HTTP, in one run.
//
//   npm run build && npm ci --prefix bench && node bench/client-v2.js [--json] [--rounds 5] [--ms 1000] [--only NAME]…
//
// A server in a process of its own gives one canned, correctly signed answer. Each caller has its own process too; rounds
// are interleaved, so that a busy moment of the machine hits everyone; a figure is the median of its rounds.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CALLERS } from './client-v2/callers.js';
import { printTable, summarise } from './client-v2/report.js';

const CONNECTIONS = [1, 16, 64];

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    ms: { type: 'string', default: '1000' },
    only: { type: 'string', multiple: true },
  },
});
const names = values.only ?? Object.keys(CALLERS);
const server = start('server.js');
const [{ baseUrl }] = await once(server, 'message');
const workers = new Map(names.map((name) => [name, start('worker.js', name)]));
const samples = [];
try {
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    for (const connections of CONNECTIONS) {
      for (const name of names) {
        samples.push({ name, connections, round, ...(await measure(workers.get(name), { baseUrl, connections })) });
      }
    }
    process.stderr.write(`round ${round} of ${values.rounds}\n`);
  }
} finally {
  for (const child of [server, ...workers.values()]) child.disconnect();
}

const rows = summarise(samples);
const checks = Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await CALLERS[name]()).checks])));
console.log(
  values.json
    ? JSON.stringify({ node: process.version, rows, checks, samples }, undefined, 2)
    : printTable(rows, checks),
);

async function measure(worker, job) {
  const done = new AbortController();
  const { signal } = done;
  worker.send({ ...job, ms: Number(values.ms) });
  try {
    const [result] = await Promise.race([
      once(worker, 'message', { signal }),
      once(worker, 'exit', { signal }).then(([code]) => [{ error: `the process ended with ${code}` }]),
    ]);
    if (result.error !== undefined) throw new Error(result.error);
    return result;
  } finally {
    // Whoever lost the race stops listening: a worker is asked many times.
    done.abort();
  }
}

function start(file, ...args) {
  return fork(fileURLToPath(new URL(`client-v2/${file}`, import.meta.url)), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}
