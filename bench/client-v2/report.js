import { FLOOR, OURS, OURS_TOO } from './callers.js';

/** Ours is to make at least this many times the calls of the best peer, where calls overlap. */
const TIMES_BEST_PEER_MIN = 3;
/** Ours may cost at most this many times the CPU of the bare request. */
const TIMES_FLOOR_CPU_MAX = 1.6;

/** One row for each number of connections and caller: medians, and ratios to the best peer and to the floor. */
export function summarise(samples) {
  const groups = Map.groupBy
    ? Map.groupBy(samples, keyOf)
    : samples.reduce((map, one) => map.set(keyOf(one), [...(map.get(keyOf(one)) ?? []), one]), new Map());
  const rows = [...groups.values()].map((group) => ({
    name: group[0].name,
    connections: group[0].connections,
    callsPerSecond: median(group.map((one) => one.callsPerSecond)),
    cpuMicrosPerCall: median(group.map((one) => one.cpuMicrosPerCall)),
  }));
  return rows.map((row) => ({ ...row, ...ratiosOf(row, rows) }));
}

const keyOf = ({ name, connections }) => `${connections} ${name}`;

function ratiosOf({ connections, callsPerSecond, cpuMicrosPerCall }, rows) {
  const level = rows.filter((row) => row.connections === connections);
  const floor = level.find(({ name }) => name === FLOOR);
  const bestPeer = Math.max(...level.filter(isPeer).map((row) => row.callsPerSecond));
  return {
    ...(Number.isFinite(bestPeer) && { timesBestPeer: callsPerSecond / bestPeer }),
    ...(floor !== undefined && { timesFloorCpu: cpuMicrosPerCall / floor.cpuMicrosPerCall }),
  };
}

const isPeer = ({ name }) => ![FLOOR, OURS, OURS_TOO].includes(name);

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The table for people, and whether the aims are met. */
export function printTable(rows, checks) {
  const lines = rows.map((row) => [
    String(row.connections).padStart(11),
    row.name.padEnd(24),
    row.callsPerSecond.toFixed(0).padStart(9),
    ratio(row.timesBestPeer).padStart(11),
    row.cpuMicrosPerCall.toFixed(0).padStart(9),
    ratio(row.timesFloorCpu).padStart(11),
  ]);
  const head = ['connections', 'caller'.padEnd(24), '  calls/s', '× best peer', 'µs of CPU', '× bare CPU'];
  return [
    head.join('  '),
    ...lines.map((cells) => cells.join('  ')),
    '',
    'What each checks before it believes an answer:',
    ...Object.entries(checks).map(([name, text]) => `  ${name.padEnd(24)} ${text}`),
    '',
    ...rows.filter(({ name }) => name === OURS).flatMap(aimsOf),
  ].join('\n');
}

const ratio = (number) => (number === undefined ? '' : number.toFixed(2));

function aimsOf({ connections, timesBestPeer, timesFloorCpu }) {
  const aims = [];
  if (timesFloorCpu !== undefined) {
    aims.push(
      aim(
        `${connections} connections: CPU at most ${TIMES_FLOOR_CPU_MAX} × bare`,
        timesFloorCpu,
        timesFloorCpu <= TIMES_FLOOR_CPU_MAX,
      ),
    );
  }
  if (timesBestPeer !== undefined && connections > 1) {
    aims.push(
      aim(
        `${connections} connections: calls at least ${TIMES_BEST_PEER_MIN} × best peer`,
        timesBestPeer,
        timesBestPeer >= TIMES_BEST_PEER_MIN,
      ),
    );
  }
  return aims;
}

const aim = (text, found, isMet) => `${isMet ? 'met   ' : 'missed'}  ${text} (${found.toFixed(2)})`;
