// Other people's clients, unchanged, against the simulator: what does each of them see?
//
//   npm run build && npm ci --prefix bench && node bench/peers/run.js [--json]
//
// Exits with 1 when one of them sees something that WeChat Pay would not show. Everything stays on this machine.
import { parseArgs } from 'node:util';
import { startPeer } from './peer-process.js';
import { PEERS } from './peers.js';
import { startSimulator } from './simulator-process.js';
import { storyOf } from './story.js';
import { printStories } from './table.js';

const WRONG_KEY = 'ThisIsNotTheKeyOfTheMerchant0000';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const simulator = await startSimulator();
const stories = [];
try {
  for (const [index, peer] of PEERS.entries()) {
    const absent = await peer.absence();
    if (absent !== undefined) stories.push({ peer: peer.name, absent });
    else stories.push({ peer: peer.name, steps: await tell(peer, index) });
  }
} finally {
  await simulator.stop();
}
console.log(values.json ? JSON.stringify(stories, undefined, 2) : printStories(stories));
const isWrong = ({ steps = [] }) => steps.some(({ wrong }) => wrong !== undefined);
process.exitCode = stories.some(isWrong) ? 1 : 0;

/** Leads one peer through the story; a step that goes wrong does not end it. */
async function tell(peer, index) {
  const { credentials } = simulator;
  const right = startPeer(peer.command, credentials, credentials.v2Key);
  const wrong = startPeer(peer.command, credentials, WRONG_KEY);
  const steps = [];
  const earlier = {};
  try {
    for (const step of storyOf({ paid: `PEER${index}PAID`, closed: `PEER${index}CLOSED` })) {
      if (step.control !== undefined) {
        const done = await simulator.control(step.control);
        steps.push({ name: step.name, seen: done, ...(done.refused !== undefined && { wrong: done.refused }) });
        continue;
      }
      const seen = await (step.key === 'wrong' ? wrong : right).call(...step.call);
      const problem = step.expect(seen, earlier);
      earlier[step.name] = seen;
      steps.push({ name: step.name, seen, ...(problem !== undefined && { wrong: problem }) });
    }
  } finally {
    right.stop();
    wrong.stop();
  }
  return steps;
}
