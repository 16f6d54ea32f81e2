// Where to sign: on the main thread or on one of Node's worker threads (`crypto.sign` with a callback)?
//
//   npm ci --prefix bench && node bench/sign-aside.bench.js [--json] [--rounds 5] [--ms 1000] [--others 0.2]
//
// A signature alone, and a whole call by hand (sign, request, verify, read), at 1, 16 and 64 under way at once. Rounds
// are interleaved, a figure is the median of its rounds. How late the event loop is tells what everything else in the
// process waits for meanwhile. `--others` as in client-v3.js.
import { parseArgs } from 'node:util';
import { CALM_MS_MAX, createCalm } from './client-v3/calm.js';
import { start } from './client-v3/processes.js';
import { median, printTable } from './client-v3/report.js';
import { openStage } from './client-v3/stage.js';

const CONNECTIONS = [1, 16, 64];
const WORK = [
  { work: 'a signature', main: 'a signature', aside: 'a signature, aside' },
  { work: 'a call by hand', main: 'by hand', aside: 'by hand, signing aside' },
];
const PLACES = ['main', 'aside'];

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    ms: { type: 'string', default: '1000' },
    others: { type: 'string', default: 'Infinity' },
  },
});

const calmly = createCalm({ othersMax: Number(values.others), untilMs: performance.now() + CALM_MS_MAX });
const stage = await openStage({ ms: Number(values.ms) });
const cells = WORK.flatMap((each) =>
  PLACES.map((place) => ({ ...each, place, worker: start('worker.js', each[place]) })),
);
const samples = [];
try {
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    for (const connections of CONNECTIONS) {
      for (const { work, place, worker } of cells) {
        samples.push({ round, work, place, connections, ...(await calmly(() => stage.measure(worker, connections))) });
      }
    }
    process.stderr.write(`round ${round} of ${values.rounds}\n`);
  }
} finally {
  stage.close();
  for (const { worker } of cells) worker.stop();
}

const rows = WORK.flatMap(({ work }) =>
  CONNECTIONS.flatMap((connections) => PLACES.map((place) => rowOf({ work, connections, place }))),
);
console.log(
  values.json
    ? JSON.stringify({ node: process.version, rows, samples }, undefined, 2)
    : printTable(
        [
          ['work', ({ work }) => work.padEnd(14)],
          ['under way', ({ connections }) => String(connections)],
          ['signed on', ({ place }) => (place === 'main' ? 'main thread' : 'others').padEnd(11)],
          ['a second', ({ callsPerSecond }) => callsPerSecond.toFixed(0)],
          ['× main', ({ timesMain }) => timesMain.toFixed(2)],
          ['µs of CPU', ({ cpuMicrosPerCall }) => cpuMicrosPerCall.toFixed(0)],
          ['event loop late, ms (p99)', ({ loopDelayMs }) => loopDelayMs.toFixed(1)],
        ],
        rows,
      ).join('\n'),
);

/** Medians; the ratio is that within each round. */
function rowOf({ work, connections, place }) {
  const of = (where) =>
    samples.filter((one) => one.work === work && one.connections === connections && one.place === where);
  const own = of(place);
  const main = of('main');
  return {
    work,
    connections,
    place,
    callsPerSecond: median(own.map((one) => one.callsPerSecond)),
    timesMain: median(own.map((one, index) => one.callsPerSecond / main[index].callsPerSecond)),
    cpuMicrosPerCall: median(own.map((one) => one.cpuMicrosPerCall)),
    loopDelayMs: median(own.map((one) => one.loopDelayMs)),
  };
}
