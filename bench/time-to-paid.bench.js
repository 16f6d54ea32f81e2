// From payment to `order.paid`:  npm run build && node bench/time-to-paid.bench.js [--json] [--orders N]
//
// The real keeper, client and simulator on one virtual clock and one seed. The times are what the schedules give, not
// what this machine can do, so they are the same on every machine.
import { createKeeper, openSqliteStore, parseOrderId } from '@orderkeeper/keeper';
import { createSeededRandom, createVirtualClock, nextTurn } from '@orderkeeper/ports';
import { fen } from '@orderkeeper/protocol';
import { parseMerchant } from '@orderkeeper/client';
import { createSimulator, merchantOfAccount } from '@orderkeeper/simulator';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, orders: { type: 'string', default: '300' } } });
const ORDERS = Number(values.orders);
const SEED = 20261124;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const ACCOUNT = {
  mchid: '1900000109',
  appid: 'wxd678efh567hg6787',
  appSecret: 'secret',
  v2Key: '192006250b4c09247ec02edce69f6a2d',
  v3Key: '0123456789abcdef0123456789abcdef',
};

/** How notices fare, and whether the payer's page asks every two seconds after paying. */
const SITUATIONS = [
  { name: 'notices arrive', notices: 'arrive', payer: 'leaves' },
  { name: 'all notices lost, the payer waits', notices: 'lost', payer: 'waits' },
  { name: 'all notices lost, the payer leaves', notices: 'lost', payer: 'leaves' },
];

const given = (result) => {
  if (!result.ok) throw new Error(result.message);
  return result.value;
};

/** Pays each order at a moment drawn from its first five minutes and notes how long the shop waits for `order.paid`. */
async function measure({ notices, payer }) {
  const clock = createVirtualClock({ startMs: Date.UTC(2026, 10, 24, 2) });
  const random = createSeededRandom(SEED);
  const state = { keeper: undefined };
  const deliver = async ({ body }) => {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const reply = await state.keeper.receiveNotice({ mchid: ACCOUNT.mchid, body: bytes, headers: {} });
    return { status: reply.status, headers: {}, body: Buffer.from(reply.body) };
  };
  const simulator = createSimulator({ clock, random, merchants: [merchantOfAccount(ACCOUNT)], http: deliver });
  if (notices === 'lost') simulator.faults.add({ effect: { kind: 'notice-dropped' }, moment: 'notice', aim: {} });
  const store = given(openSqliteStore({ path: ':memory:', gather: queueMicrotask }));
  const merchant = given(parseMerchant({ appid: ACCOUNT.appid, mchid: ACCOUNT.mchid, apiKey: ACCOUNT.v2Key }));
  const keeper = createKeeper({
    merchants: [{ speaks: { v2: merchant }, notifyUrl: 'http://127.0.0.1:9/notify' }],
    store,
    http: simulator.handle,
    clock,
    random,
  });
  state.keeper = keeper;
  const paidAtMs = new Map();
  const waitsMs = [];
  keeper.on('order.paid', 'shop', (event) => void waitsMs.push(clock.nowMs() - paidAtMs.get(event.orderId)));
  keeper.start();

  for (let number = 0; number < ORDERS; number += 1) {
    const orderId = given(parseOrderId(`order-${number}`));
    void keeper.openOrder({
      orderId,
      mchid: ACCOUNT.mchid,
      totalFen: fen(1990),
      description: 'tea',
      tradeType: 'NATIVE',
      productId: 'tea',
      payerIp: '127.0.0.1',
    });
    clock.after(10 * SECOND + Math.round(random.fraction() * 5 * MINUTE), () => pay(orderId));
    await clock.advance(SECOND);
  }
  function pay(orderId) {
    const [order] = simulator.world.ledger.ordersNamed(`${orderId}-1`);
    if (order === undefined || !simulator.payer.pay({ outTradeNo: order.outTradeNo }).ok)
      throw new Error(`${orderId} is not payable`);
    paidAtMs.set(orderId, clock.nowMs());
    if (payer === 'waits') lookEveryTwoSeconds(orderId);
  }
  async function look(orderId) {
    const asked = await keeper.ask(orderId);
    if (asked.ok && asked.value.state === 'open') lookEveryTwoSeconds(orderId);
  }
  function lookEveryTwoSeconds(orderId) {
    clock.after(2 * SECOND, () => void look(orderId));
  }
  for (let minute = 0; minute < 45 && waitsMs.length < ORDERS; minute += 1) await clock.advance(MINUTE);
  await keeper.stop();
  await store.close();
  simulator.close();
  await nextTurn();
  return waitsMs.sort((a, b) => a - b);
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] / SECOND;

const rows = [];
for (const situation of SITUATIONS) {
  const waitsMs = await measure(situation);
  if (waitsMs.length !== ORDERS)
    throw new Error(`${situation.name}: ${waitsMs.length} of ${ORDERS} payments were told`);
  rows.push({
    situation: situation.name,
    medianS: quantile(waitsMs, 0.5),
    p99S: quantile(waitsMs, 0.99),
    maxS: quantile(waitsMs, 1),
  });
}
if (values.json) console.log(JSON.stringify({ orders: ORDERS, seed: SEED, rows }, undefined, 2));
else {
  console.log(`${ORDERS} orders, each paid within its first five minutes; seconds from payment to order.paid`);
  console.log(`${'situation'.padEnd(38)}${'median'.padStart(10)}${'99 %'.padStart(10)}${'longest'.padStart(10)}`);
  for (const { situation, medianS, p99S, maxS } of rows) {
    console.log(
      `${situation.padEnd(38)}${[medianS, p99S, maxS].map((value) => value.toFixed(1).padStart(10)).join('')}`,
    );
  }
  console.log(
    `${rows[1].maxS <= 10 ? 'met' : 'missed'}    with a waiting payer at most 10 s (${rows[1].maxS.toFixed(1)})`,
  );
}
