// Receives events from the keeper: verifies them, drops what it has seen before, and answers once the work is done.
//   node examples/receive-events.js              tries itself with made-up events and prints what became of them
//   WEBHOOK_SECRET=whsec_… node examples/receive-events.js PORT      listens on this machine
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createTestEvent, createWebhookSecret, parseWebhookSecret, verifyWebhook } from '@orderkeeper/keeper/webhooks';
import { systemClock, systemRandom } from '@orderkeeper/ports';

/**
 * Ids of events that were taken. In a shop: a column with a unique index, written in the transaction of the work. Work that
 * takes longer than seconds is written down in that transaction and done after the answer.
 */
const seen = new Set();

const work = ({ type, data }) => {
  switch (type) {
    case 'order.paid':
      return `${data.orderId} is paid with ${data.totalFen} fen: deliver`;
    case 'order.closed':
      return `${data.orderId} is closed (${data.because}): release what was kept for it`;
    case 'order.paid_twice':
      return `${data.orderId} was paid again by ${data.outTradeNo}: it is being sent back, deliver nothing`;
    case 'refund.succeeded':
      return `${data.refundFen} fen of ${data.orderId} have gone back as ${data.outRefundNo}`;
    default:
      return `${type}: noted`;
  }
};

async function take(request, secrets) {
  const body = Buffer.concat(await request.toArray());
  const event = verifyWebhook({ secrets, headers: request.headers, body, nowMs: systemClock.nowMs() });
  if (!event.ok) {
    console.log(`refused: ${event.reason}`);
    // A type that is newer than this program is genuine all the same, and to be forgotten.
    return event.reason === 'unknown-event' ? 204 : 401;
  }
  const { eventId, type } = event.value;
  console.log(seen.has(eventId) ? `dropped: ${type} was here before` : work(event.value));
  seen.add(eventId);
  return 204;
}

async function answer(request, response, secrets) {
  try {
    response.writeHead(await take(request, secrets)).end();
  } catch (error) {
    console.error(error);
    response.writeHead(500).end(); // the keeper sends it again
  }
}

/** Sends what the keeper could send, and what it never would. */
async function tryOut(server, secret) {
  const { port } = server.address();
  const send = async ({ headers, body }) => {
    const { status } = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body });
    console.log(`  answered ${status}`);
  };
  const make = (type, eventId, changes = {}) =>
    createTestEvent({ type, eventId, secrets: [secret], nowMs: systemClock.nowMs(), ...changes });
  const paid = make('order.paid', 'evt_1');
  await send(paid);
  await send(paid);
  await send(make('refund.succeeded', 'evt_2', { sequence: 2 }));
  await send(make('order.paid_twice', 'evt_3', { sequence: 3 }));
  await send({ ...paid, body: paid.body.replace('1990', '199000') });
  await send(make('order.paid', 'evt_4', { secrets: [createWebhookSecret(systemRandom)] }));
  await send(make('order.paid', 'evt_5', { nowMs: systemClock.nowMs() - 3_600_000 }));
  server.close();
}

const given = process.env.WEBHOOK_SECRET ? parseWebhookSecret(process.env.WEBHOOK_SECRET) : undefined;
if (given?.ok === false) throw new Error(given.message);
const secret = given?.value ?? createWebhookSecret(systemRandom);
const [, , port] = process.argv;
const server = createServer((request, response) => void answer(request, response, [secret]));
server.listen(Number(port ?? 0), '127.0.0.1');
await once(server, 'listening');
if (port === undefined) await tryOut(server, secret);
