import { availableParallelism } from 'node:os';
import { BARE, OURS, PEERS } from './callers.js';

/** Ours is to make at least this many times the calls of the best peer, where calls overlap. */
const TIMES_BEST_PEER_MIN = 2;
/** Ours may cost at most this many times the CPU of one signature, one verification and one bare request. */
const TIMES_FLOOR_CPU_MAX = 1.1;

/** Medians of each caller at each number of connections, their ratios round by round, and what the machine can do. */
export function summarise(samples, machine) {
  const rated = samples.map((sample) => ({ ...sample, ...ratiosOf(sample, samples, machine) }));
  const keys = [...new Set(samples.map(keyOf))];
  const rows = keys.map((key) => {
    const group = rated.filter((sample) => keyOf(sample) === key);
    const [{ name, connections }] = group;
    const figures = Object.keys(group[0]).filter((figure) => !['name', 'connections', 'round'].includes(figure));
    return { name, connections, ...Object.fromEntries(figures.map((figure) => [figure, medianOf(group, figure)])) };
  });
  return { rows, limits: limitsOf(machine), othersCores: medianOf(samples, 'othersCores') };
}

const keyOf = ({ name, connections }) => `${connections} ${name}`;

const medianOf = (group, figure) => median(group.map((sample) => sample[figure]));

/** Compared is only what was measured in the same round. */
function ratiosOf({ connections, round, callsPerSecond, cpuMicrosPerCall }, samples, machine) {
  const level = samples.filter((sample) => sample.connections === connections && sample.round === round);
  const { node } = machine.find((sample) => sample.round === round);
  const peers = level.filter(({ name }) => PEERS.includes(name));
  const bare = level.find(({ name }) => name === BARE);
  return {
    ...(peers.length > 0 && { timesBestPeer: callsPerSecond / Math.max(...peers.map((peer) => peer.callsPerSecond)) }),
    ...(bare !== undefined && {
      timesFloorCpu: cpuMicrosPerCall / (node.sign.cpuMicros + node.verify.cpuMicros + bare.cpuMicrosPerCall),
    }),
    ofSignRate: callsPerSecond / node.sign.perSecond,
  };
}

function limitsOf(machine) {
  const limit = (read) => median(machine.map(read));
  const rows = [
    {
      name: 'node, one thread',
      signsPerSecond: limit(({ node }) => node.sign.perSecond),
      verifiesPerSecond: limit(({ node }) => node.verify.perSecond),
      signCpuMicros: limit(({ node }) => node.sign.cpuMicros),
      verifyCpuMicros: limit(({ node }) => node.verify.cpuMicros),
    },
  ];
  if (machine.every(({ openssl }) => openssl !== undefined)) {
    for (const cores of ['one', 'all']) {
      rows.push({
        name: `openssl speed, ${cores === 'one' ? 'one core' : 'all cores'}`,
        signsPerSecond: limit(({ openssl }) => openssl[cores].signsPerSecond),
        verifiesPerSecond: limit(({ openssl }) => openssl[cores].verifiesPerSecond),
      });
    }
  }
  return rows;
}

/** The middle one, or the mean of the two in the middle. */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The tables for people, and whether the aims are met. */
export function printReport({ rows, limits, othersCores }, checks) {
  return [
    ...printCalls(rows),
    '',
    ...printLimits(limits),
    '',
    `Other work on the machine took ${othersCores.toFixed(2)} of ${availableParallelism()} cores meanwhile (median of all jobs).`,
    '',
    'What each checks before it believes an answer:',
    ...Object.entries(checks).map(([name, text]) => `  ${name.padEnd(24)} ${text}`),
    '',
    ...rows.filter(({ name }) => name === OURS).flatMap(aimsOf),
  ].join('\n');
}

const CALL_COLUMNS = [
  ['connections', ({ connections }) => String(connections)],
  ['caller', ({ name }) => name.padEnd(24)],
  ['calls/s', ({ callsPerSecond }) => callsPerSecond.toFixed(0)],
  ['× best peer', ({ timesBestPeer }) => ratio(timesBestPeer)],
  ["× node's signs/s", ({ ofSignRate }) => ratio(ofSignRate)],
  ['µs of CPU', ({ cpuMicrosPerCall }) => cpuMicrosPerCall.toFixed(0)],
  ['× floor CPU', ({ timesFloorCpu }) => ratio(timesFloorCpu)],
  ["server's µs", ({ serverMicrosPerCall }) => serverMicrosPerCall.toFixed(0)],
];

const printCalls = (rows) => printTable(CALL_COLUMNS, rows);

const LIMIT_COLUMNS = [
  ['limit of the machine', ({ name }) => name.padEnd(25)],
  ['signs/s', ({ signsPerSecond }) => signsPerSecond.toFixed(0)],
  ['verifies/s', ({ verifiesPerSecond }) => verifiesPerSecond.toFixed(0)],
  ['µs of CPU to sign', ({ signCpuMicros }) => signCpuMicros?.toFixed(0) ?? ''],
  ['to verify', ({ verifyCpuMicros }) => verifyCpuMicros?.toFixed(0) ?? ''],
];

const printLimits = (limits) => printTable(LIMIT_COLUMNS, limits);

/** Columns of text are padded by their column, figures are set flush right. */
export function printTable(columns, rows) {
  const lines = rows.map((row) => columns.map(([, print]) => print(row)));
  const widths = columns.map(([head], index) => Math.max(head.length, ...lines.map((cells) => cells[index].length)));
  const heads = columns.map(([head], index) =>
    /\s$/.test(lines[0]?.[index] ?? '') ? head.padEnd(widths[index]) : head,
  );
  return [heads, ...lines].map((cells) => cells.map((cell, index) => cell.padStart(widths[index])).join('  '));
}

const ratio = (number) => (number === undefined ? '' : number.toFixed(2));

function aimsOf({ connections, timesBestPeer, timesFloorCpu }) {
  const aims = [];
  if (timesFloorCpu !== undefined) {
    const text = `${connections} connections: CPU at most ${TIMES_FLOOR_CPU_MAX} × one signature, one verification, one bare request`;
    aims.push(aim(text, timesFloorCpu, timesFloorCpu <= TIMES_FLOOR_CPU_MAX ? 'met' : 'missed'));
  }
  if (timesBestPeer !== undefined && connections > 1) {
    const text = `${connections} connections: calls at least ${TIMES_BEST_PEER_MIN} × best peer`;
    aims.push(aim(text, timesBestPeer, timesBestPeer >= TIMES_BEST_PEER_MIN ? 'met' : 'missed'));
  }
  return aims;
}

const aim = (text, found, verdict) => `${verdict.padEnd(6)}  ${text} (${found.toFixed(2)})`;
