import { expect, test } from 'vitest';
import {
  createKeeperWorld,
  given,
  HOUR,
  KEPT,
  MINUTE,
  orderId,
  SECOND,
  START_MS,
  wishFor,
} from './testing/keeper-world.ts';

test('an order is opened, paid without a notice, and found by a query that the payer sets off', async () => {
  const { keeper, simulator, clock, order, finish } = createKeeperWorld();
  const one = keeper();
  const opened = given(await finish(one.openOrder(wishFor('A1'))));
  expect(opened.parameters).toMatchObject({ tradeType: 'NATIVE', codeUrl: expect.stringMatching(/^weixin:/) });
  expect(simulator.payer.pay({ outTradeNo: 'A1-1' }).ok).toBe(true);
  await clock.advance(SECOND);
  expect(given(await finish(one.ask(orderId('A1'))))).toMatchObject({ state: 'paid', paidBy: 'A1-1' });
  expect((await order('A1')).attempts[0]?.payment).toMatchObject({ learnedBy: 'query' });
});

test('an unpaid order is closed by query, close, query once it is five minutes old', async () => {
  const { keeper, clock, calls, order, truth, finish } = createKeeperWorld();
  const one = keeper();
  given(await finish(one.openOrder(wishFor('A1'))));
  expect(given(await one.close(orderId('A1'), 'asked')).state).toBe('open');
  one.start();
  await clock.advance(4 * MINUTE);
  expect(calls('closeorder')).toEqual([]);
  await clock.advance(MINUTE + SECOND);
  expect(calls().slice(-3)).toEqual(['orderquery', 'closeorder', 'orderquery']);
  expect((await order('A1')).state).toBe('closed');
  expect(truth('A1-1')).toBe('CLOSED');
  await one.stop();
});

test('everything that is due is done by runDue, and nothing before its time', async () => {
  const { keeper, clock, simulator, order, finish } = createKeeperWorld();
  const one = keeper();
  given(await finish(one.openOrder(wishFor('A1'))));
  simulator.payer.pay({ outTradeNo: 'A1-1' });
  expect(await finish(one.runDue())).toBe(0);
  await clock.advance(10 * SECOND);
  expect(await finish(one.runDue())).toBe(2);
  expect((await order('A1')).state).toBe('paid');
});

test('a notice tells at once what a query would have found later, and the payer is not asked about again', async () => {
  const world = createKeeperWorld();
  const one = world.keeper();
  world.answerNotices(one);
  one.start();
  given(await world.finish(one.openOrder(wishFor('A1'))));
  world.simulator.payer.pay({ outTradeNo: 'A1-1' });
  await world.clock.advance(SECOND);
  expect(await world.order('A1')).toMatchObject({ state: 'paid', attempts: [{ payment: { learnedBy: 'notice' } }] });
  await world.clock.advance(30 * MINUTE);
  expect(world.calls()).toEqual(['unifiedorder']);
  await one.stop();
});

test('a merchant who is named twice is a mistake that is told at once', () => {
  const { keeper } = createKeeperWorld();
  expect(() => keeper({ merchants: [KEPT, KEPT] })).toThrow('1900000109 is named twice');
});

test('a clock that shows parts of a millisecond keeps orders like any other, in whole ones', async () => {
  const world = createKeeperWorld();
  const { nowMs, after } = world.clock;
  const one = world.keeper({ clock: { nowMs: () => nowMs() + 0.75, after } });
  world.answerNotices(one);
  one.start();
  const opened = given(await world.finish(one.openOrder(wishFor('A1')))).order;
  given(await world.finish(one.openOrder(wishFor('A2'))));
  world.simulator.payer.pay({ outTradeNo: 'A1-1' });
  await world.clock.advance(HOUR);
  expect(opened).toMatchObject({ createdAtMs: START_MS, expiresAtMs: START_MS + 30 * MINUTE });
  expect((await world.order('A1')).state).toBe('paid');
  expect((await world.order('A2')).state).toBe('closed');
  await one.stop();
});

test('a clock that shows no instant is told of, and nothing is stored or sent', async () => {
  const world = createKeeperWorld();
  const one = world.keeper({ clock: { ...world.clock, nowMs: () => Number.NaN } });
  await expect(one.openOrder(wishFor('A1'))).rejects.toThrow('nowMs() must answer UTC milliseconds');
  expect(await world.store.list({ limit: 1 })).toMatchObject({ orders: [] });
  expect(world.calls()).toEqual([]);
});

test.each([
  ['closeAgeMs', { closeAgeMs: 0.5 }],
  ['queryAfterMs', { queryAfterMs: [1_000, 1_500.5] }],
  ['queryAgainMsMin', { queryAgainMsMin: -1 }],
  ['micropayPollMs', { micropayPollMs: Number.NaN }],
])('a rule that is no whole number of milliseconds is a mistake that is told at once: %s', (name, rules) => {
  const { keeper } = createKeeperWorld();
  expect(() => keeper({ rules })).toThrow(`1900000109: rule ${name} must be whole milliseconds`);
  expect(() => keeper({ merchants: [{ ...KEPT, rules }] })).toThrow(`rule ${name} must be whole milliseconds`);
});
