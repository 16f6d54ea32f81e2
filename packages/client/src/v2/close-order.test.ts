import { type NativeOrder, parseFen, parseMchid } from '@orderkeeper/protocol';
import { expect, test } from 'vitest';
import {
  answer,
  createTestWorld,
  failed,
  OUT_TRADE_NO,
  type Reaction,
  refusedWith,
  silence,
  START_MS,
  valueOf,
} from '../testing/test-world.ts';

const ORDER: NativeOrder = {
  outTradeNo: OUT_TRADE_NO,
  body: 'shop-tea',
  totalFen: valueOf(parseFen('100')),
  spbillCreateIp: '203.0.113.7',
  notifyUrl: 'https://shop.example.com/notify',
  tradeType: 'NATIVE',
  productId: 'tea',
};
const placed: Reaction = () =>
  answer({ trade_type: 'NATIVE', prepay_id: 'wx2411', code_url: 'weixin://wxpay/bizpayurl?pr=x' });
const closed: Reaction = () => answer({});

test('an order that is known to be younger than five minutes is not closed, and the moment from which it can be is told', async () => {
  const world = createTestWorld([closed]);
  const outcome = await world.client.closeOrder({ outTradeNo: OUT_TRADE_NO }, { placedAtMs: START_MS - 60_000 });
  expect(outcome).toMatchObject({
    outcome: 'rejected',
    code: 'CLOSE_TOO_EARLY',
    possibleFromMs: START_MS + 240_000,
    attempts: [],
  });
  expect(world.requests).toEqual([]);
});

test('an order of unknown age is closed at once', async () => {
  const world = createTestWorld([closed]);
  expect((await world.client.closeOrder({ outTradeNo: OUT_TRADE_NO })).outcome).toBe('done');
});

test('the client remembers by itself when it placed an order, counted from the end of that call', async () => {
  const world = createTestWorld([
    async (request, fields) => {
      await new Promise<void>((resolve) => world.clock.after(700, resolve));
      return placed(request, fields);
    },
    closed,
  ]);
  await world.finish(world.client.unifiedOrder(ORDER));
  await world.clock.advance(299_999);
  expect(await world.client.closeOrder({ outTradeNo: OUT_TRADE_NO })).toMatchObject({
    code: 'CLOSE_TOO_EARLY',
    possibleFromMs: START_MS + 300_700,
  });
  await world.clock.advance(1);
  expect((await world.client.closeOrder({ outTradeNo: OUT_TRADE_NO })).outcome).toBe('done');
});

test('an order whose placing had no answer may exist, so its age counts from then', async () => {
  const world = createTestWorld([silence]);
  expect((await world.finish(world.client.unifiedOrder(ORDER))).outcome).toBe('unknown');
  expect(await world.client.closeOrder({ outTradeNo: OUT_TRADE_NO })).toMatchObject({ code: 'CLOSE_TOO_EARLY' });
});

test('an order whose placing was rejected has no age', async () => {
  const world = createTestWorld([() => refusedWith('缺少参数'), closed]);
  expect((await world.client.unifiedOrder(ORDER)).outcome).toBe('rejected');
  expect((await world.client.closeOrder({ outTradeNo: OUT_TRADE_NO })).outcome).toBe('done');
});

test('orders of different sub-merchants under one number have different ages', async () => {
  const world = createTestWorld([placed, closed]);
  const [subMchid, otherSubMchid] = [valueOf(parseMchid('20000200')), valueOf(parseMchid('30000300'))];
  await world.client.unifiedOrder(ORDER, { subMerchant: { subMchid } });
  const close = (sub: typeof subMchid) =>
    world.client.closeOrder({ outTradeNo: OUT_TRADE_NO }, { subMerchant: { subMchid: sub } });
  expect(await close(subMchid)).toMatchObject({ code: 'CLOSE_TOO_EARLY' });
  expect((await close(otherSubMchid)).outcome).toBe('done');
});

test('a paid order is not closed, and the remedy says to query it', async () => {
  const world = createTestWorld([() => failed('ORDERPAID', 'order paid')]);
  const outcome = await world.client.closeOrder({ outTradeNo: OUT_TRADE_NO });
  expect(outcome).toMatchObject({ outcome: 'rejected', code: 'ORDERPAID', attempts: [{ code: 'ORDERPAID' }] });
  expect(outcome.outcome === 'rejected' && outcome.remedy).toContain('query');
});

test('a close whose first attempt may have worked is not called rejected because the second was one too many', async () => {
  const world = createTestWorld([silence, () => refusedWith('频率限制')]);
  const outcome = await world.finish(world.client.closeOrder({ outTradeNo: OUT_TRADE_NO }));
  expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'code', code: 'FREQUENCY_LIMITED' });
});
