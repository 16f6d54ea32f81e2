import { expect, test } from 'vitest';
import { createKeeperWorld, given, MINUTE, orderId, SECOND, wishFor } from '../testing/keeper-world.ts';

const A1 = orderId('A1');

async function openWorld() {
  const world = createKeeperWorld();
  const keeper = world.keeper();
  given(await world.finish(keeper.openOrder(wishFor('A1'))));
  return { world, keeper };
}

test('the timeline tells what happened in order, with WeChat Pay’s own words as evidence', async () => {
  const { world, keeper } = await openWorld();
  world.simulator.payer.pay({ outTradeNo: 'A1-1' });
  given(await world.finish(keeper.ask(A1)));
  const entries = given(await keeper.timeline(A1));
  expect(entries.map(({ position, source }) => `${position} ${source}`)).toEqual([
    '1 merchant',
    '2 place',
    '3 merchant',
    '4 query',
  ]);
  const texts = entries.map(({ evidence }) => (evidence === undefined ? '' : Buffer.from(evidence).toString()));
  expect(texts.map((text) => /<(prepay_id|trade_state)>/.exec(text)?.[1])).toEqual([
    undefined,
    'prepay_id',
    undefined,
    'trade_state',
  ]);
});

test('an explanation says where an order stands and what comes next', async () => {
  const { world, keeper } = await openWorld();
  const explanation = given(await keeper.explain(A1));
  expect(explanation).toMatchObject({ state: 'open', why: 'waiting-for-payer' });
  expect(explanation.next[0]?.duty).toBe('query A1-1');
  await world.clock.advance(5 * MINUTE);
  expect(given(await keeper.explain(A1)).whatToDo).toBe('check-keeper');
});

test('orders are listed newest first, page by page', async () => {
  const { world, keeper } = await openWorld();
  for (const id of ['A2', 'A3']) given(await world.finish(keeper.openOrder(wishFor(id))));
  const first = await keeper.list({ limit: 2 });
  expect(first.orders.map((order) => order.orderId)).toEqual(['A3', 'A2']);
  const second = await keeper.list({
    limit: 2,
    ...(first.nextCursor === undefined ? {} : { cursor: first.nextCursor }),
  });
  expect(second.orders.map((order) => order.orderId)).toEqual(['A1']);
});

test('an order that nobody knows is not shown, explained or told of', async () => {
  const { keeper } = await openWorld();
  const stranger = orderId('A9');
  for (const answer of [
    keeper.show(stranger),
    keeper.explain(stranger),
    keeper.timeline(stranger),
    keeper.paymentParameters(stranger),
  ]) {
    expect(await answer).toMatchObject({ ok: false, reason: 'no-such-order' });
  }
});

test('R4: an answer about another amount is set aside and alarmed, and the order stays as it was', async () => {
  const { world, keeper } = await openWorld();
  const [sold] = world.simulator.world.ledger.ordersNamed('A1-1');
  if (sold === undefined) throw new Error('the order is not in the book');
  world.simulator.world.ledger.putOrder({ ...sold, totalFen: 1 });
  world.simulator.payer.pay({ outTradeNo: 'A1-1' });
  expect(given(await world.finish(keeper.ask(A1)))).toMatchObject({
    state: 'open',
    attempts: [{ quarantined: { fields: ['totalFen'] } }],
  });
  await world.clock.advance(SECOND);
  expect(world.told.filter(({ kind }) => kind === 'alarm')).toMatchObject([{ alarm: { kind: 'quarantined' } }]);
});

test('R20: the key of a merchant is in no timeline, event or answer', async () => {
  const { world, keeper } = await openWorld();
  world.simulator.payer.pay({ outTradeNo: 'A1-1' });
  const shown = JSON.stringify([
    await world.finish(keeper.ask(A1)),
    await keeper.timeline(A1),
    await keeper.explain(A1),
  ]);
  expect(shown).not.toContain('192006250b4c09247ec02edce69f6a2d');
});
