// Other people's clients, unchanged, against the simulator: what does each of them see?
//
//   npm run build && npm ci --prefix bench && node bench/peers/run.js [--json] [--steps] [--only NAME]
//
// One row for each client and key mode, and below it every step that went wrong; --steps shows all of them. Exits with 1
// when one of them sees something that WeChat Pay would not show. Everything stays on this machine.
import { parseArgs } from 'node:util';
import { listenForNotices } from './notice-listener.js';
import { startPeer } from './peer-process.js';
import { PEERS } from './peers.js';
import { startSimulator } from './simulator-process.js';
import { storyOf as storyOfV2 } from './story-v2.js';
import { storyOf as storyOfV3 } from './story-v3.js';
import { printSteps, printSummary } from './table.js';

const STORIES = { v2: storyOfV2, v3: storyOfV3 };
const DAY_MS = 24 * 60 * 60 * 1000;
const BEIJING_MS = 8 * 60 * 60 * 1000;
/** After ten in the morning bills of the day before can be had. */
const TEN_MS = 10 * 60 * 60 * 1000 + 60_000;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    steps: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});
const simulator = await startSimulator();
const listener = await listenForNotices();
const stories = [];
try {
  for (const [index, peer] of PEERS.entries()) {
    if (!peer.name.includes(values.only)) continue;
    const { name, protocol, mode } = peer;
    const absent = peer.absence();
    const told = absent === undefined ? { steps: await tell(peer, index) } : { absent };
    stories.push({ peer: name, protocol, ...(mode !== undefined && { mode }), ...told });
  }
} finally {
  listener.stop();
  await simulator.stop();
}
if (values.json) console.log(JSON.stringify(stories, undefined, 2));
else console.log([printSummary(stories), ...(values.steps ? printSteps(stories) : [])].join('\n'));
const isWrong = ({ steps = [] }) => steps.some(({ wrong }) => wrong !== undefined);
process.exitCode = stories.some(isWrong) ? 1 : 0;

/** Leads one peer through its story; a step that goes wrong does not end it. */
async function tell(peer, index) {
  const { credentials } = simulator;
  // Before it starts: some fetch certificates at once.
  if (peer.mode !== undefined) await simulator.control('PUT', 'keys/mode', { mode: peer.mode });
  const peers = {
    merchant: startPeer(peer.command(credentials, 'merchant'), simulator.folder),
    stranger: startPeer(peer.command(credentials, 'stranger'), simulator.folder),
  };
  const steps = [];
  const earlier = {};
  try {
    if (peer.protocol === 'v3') await setClocks(peers);
    for (const step of STORIES[peer.protocol](index, { peer, credentials, address: listener.address })) {
      const seen = await take(step, peers, earlier);
      const wrong = seen.lacks === undefined ? problemOf(step, seen, earlier) : undefined;
      earlier[step.name] = seen;
      steps.push({
        name: step.name,
        isStage: step.call === undefined && step.notice === undefined,
        seen,
        ...(wrong && { wrong }),
      });
    }
  } finally {
    peers.merchant.stop();
    peers.stranger.stop();
  }
  return steps;
}

/** Does what a step says, and returns what was seen of it. */
async function take(step, peers, earlier) {
  if (step.control !== undefined) return simulator.control(...step.control());
  if (step.nextDay !== undefined) return nextDay(peers);
  if (step.notice !== undefined) {
    const notice = await listener.next(step.notice);
    return notice.body === undefined ? { refused: 'no notice came' } : peers.merchant.call('notice', notice);
  }
  const [operation, fields = {}] = step.call;
  const sent = typeof fields === 'function' ? fields(earlier) : fields;
  return peers[step.who ?? 'merchant'].call(operation, sent);
}

function problemOf({ expect, mayBeDone }, seen, earlier) {
  if (expect !== undefined) return expect(seen, earlier);
  return mayBeDone === true && seen.refused?.includes('already-final') ? undefined : seen.refused;
}

/** Whoever signs must know what time it is at WeChat Pay, to five minutes. */
async function setClocks(peers) {
  const { nowMs } = await simulator.control('GET', 'clock');
  const offsetMs = String(nowMs - Date.now());
  for (const peer of Object.values(peers)) await peer.call('clock', { offsetMs });
}

async function nextDay(peers) {
  const { nowMs } = await simulator.control('GET', 'clock');
  const todayMs = Math.floor((nowMs + BEIJING_MS) / DAY_MS) * DAY_MS - BEIJING_MS;
  const moved = await simulator.control('POST', 'clock/advance', { ms: todayMs + DAY_MS + TEN_MS - nowMs });
  await setClocks(peers);
  const yesterday = new Date(todayMs + BEIJING_MS).toISOString().slice(0, 10);
  return moved.refused === undefined ? { yesterday } : moved;
}
