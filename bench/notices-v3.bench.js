// How many APIv3 payment notices a second are verified, decrypted and read, on one thread?
//
//   npm run build && npm ci --prefix bench && node bench/notices-v3.bench.js [--json] [--rounds 7] [--ms 500]
//
// Ours, two SDKs, and what the cryptography alone costs. Rounds are interleaved; a figure is the median of its rounds, a
// ratio the median of the ratios within each round. The figures are those of CPU time, of which one thread has one second
// a second, so that other work on the machine moves them little.
import { parseArgs } from 'node:util';
import { median, printTable } from './client-v3/report.js';
import { createNotice, forged } from './notices-v3/notice.js';
import { READERS } from './notices-v3/readers.js';

const NOTICES = 256;
const FLOOR = 'bare crypto';
const OURS = 'orderkeeper';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    ms: { type: 'string', default: '500' },
  },
});

const readers = Object.entries(READERS).map(([name, create]) => ({ name, read: create() }));
const samples = [];
for (const reader of readers) await check(reader);
for (let round = 0; round <= Number(values.rounds); round += 1) {
  const notices = Array.from({ length: NOTICES }, (_, index) => createNotice(index));
  for (const { name, read } of readers) {
    const cpuMicros = await measure(read, notices, Number(values.ms));
    // The first round is the warm-up.
    if (round > 0) samples.push({ name, round, cpuMicros, noticesPerSecond: 1e6 / cpuMicros });
  }
}

const rows = readers.map(({ name }) => rowOf(name));
console.log(
  values.json
    ? JSON.stringify({ node: process.version, rows, samples }, undefined, 2)
    : printTable(
        [
          ['reader', ({ name }) => name.padEnd(24)],
          ['notices/s', ({ noticesPerSecond }) => noticesPerSecond.toFixed(0)],
          ['× best peer', ({ timesBestPeer }) => timesBestPeer.toFixed(2)],
          ['µs of CPU', ({ cpuMicros }) => cpuMicros.toFixed(1)],
          ['× bare CPU', ({ timesFloorCpu }) => timesFloorCpu.toFixed(2)],
        ],
        rows,
      ).join('\n'),
);

/** Nobody is measured who reads something else, or believes what was not signed. */
async function check({ name, read }) {
  const notice = createNotice(1);
  if ((await read(notice)) !== notice.outTradeNo) throw new Error(`${name} reads another number`);
  const believed = await read(forged(notice)).then(
    () => true,
    () => false,
  );
  if (believed) throw new Error(`${name} believes a notice that was not signed`);
}

async function measure(read, notices, ms) {
  const cpuBefore = process.cpuUsage();
  const untilMs = performance.now() + ms;
  let count = 0;
  while (performance.now() < untilMs) {
    await read(notices[count % NOTICES]);
    count += 1;
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  return (user + system) / count;
}

function rowOf(name) {
  const own = samples.filter((sample) => sample.name === name);
  const ratios = own.map(({ round, cpuMicros }) => {
    const others = samples.filter((sample) => sample.round === round);
    const peers = others.filter((sample) => ![FLOOR, OURS].includes(sample.name));
    const floor = others.find((sample) => sample.name === FLOOR);
    return {
      timesBestPeer: Math.min(...peers.map((peer) => peer.cpuMicros)) / cpuMicros,
      timesFloorCpu: cpuMicros / floor.cpuMicros,
    };
  });
  return {
    name,
    noticesPerSecond: median(own.map((sample) => sample.noticesPerSecond)),
    cpuMicros: median(own.map((sample) => sample.cpuMicros)),
    timesBestPeer: median(ratios.map((ratio) => ratio.timesBestPeer)),
    timesFloorCpu: median(ratios.map((ratio) => ratio.timesFloorCpu)),
  };
}
