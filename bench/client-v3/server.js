// WeChat Pay as far as the measurement needs it, in a process of its own, so that it costs the caller no CPU.
//
// By IPC: { kind: 'addresses' }, { kind: 'sign', count } fills the pool with fresh answers, { kind: 'usage' } tells what the
// answers have cost.
import { once } from 'node:events';
import { createAnswer, printAnswer } from './answer.js';
import { createBareServer } from './bare-server.js';
import { createStrictServer } from './strict-server.js';

/** How many signatures are under way at once; Node has four worker threads for them. */
const SIGNING_AT_ONCE = 64;

const state = { answers: [], answersCount: 0, connectionsCount: 0 };

const REPLIES = {
  addresses: async () => ({
    baseUrl: await addressOf(createBareServer(state)),
    strictUrl: await addressOf(createStrictServer({ answers: 'true' })),
    forgedUrl: await addressOf(createStrictServer({ answers: 'forged' })),
  }),
  sign: async ({ count }) => {
    const answers = [];
    while (answers.length < count) {
      const some = Array.from({ length: SIGNING_AT_ONCE }, (_, index) => createAnswer(answers.length + index));
      for (const answer of await Promise.all(some)) answers.push(printAnswer(answer));
    }
    state.answers = answers;
    return { count: answers.length };
  },
  usage: async () => {
    const { user, system } = process.cpuUsage();
    const { answersCount, connectionsCount } = state;
    return { cpuMicros: user + system, answersCount, connectionsCount };
  },
};

async function addressOf(server) {
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}`;
}

process.on('message', (job) => {
  REPLIES[job.kind](job).then(
    (result) => process.send(result),
    (error) => process.send({ error: String(error?.stack ?? error) }),
  );
});
process.on('disconnect', () => process.exit());
