import type { Http } from '@orderkeeper/ports';
import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import {
  createKeeperWorld,
  given,
  HOUR,
  type KeeperWorld,
  MINUTE,
  orderId,
  outRefundNo,
  SECOND,
  wishFor,
} from '../testing/keeper-world.ts';
import { ENDPOINT, SECRET } from './testing/samples.ts';
import { verifyWebhook } from './verify-webhook.ts';

type TestKeeper = ReturnType<KeeperWorld['keeper']>;

/** The merchant's system: verifies, and answers as it is told. */
interface Shop {
  /** `order sequence type`, as often as it came. */
  readonly received: string[];
  readonly ids: string[];
  status: number;
}

/** A world whose keepers reach both WeChat Pay and the shop. */
function createShopWorld(): { world: KeeperWorld; keeper: TestKeeper; shop: Shop } {
  const shop: Shop = { received: [], ids: [], status: 200 };
  const throughBoth =
    (toWechatPay: Http): Http =>
    async (request) => {
      if (request.url !== ENDPOINT.url) return toWechatPay(request);
      const { headers, body = '' } = request;
      const event = given(verifyWebhook({ secrets: [SECRET], headers, body, nowMs: world.clock.nowMs() }));
      shop.received.push(`${event.data.orderId} ${event.sequence} ${event.type}`);
      shop.ids.push(event.eventId);
      return { status: shop.status, headers: {}, body: new Uint8Array(0) };
    };
  const world = createKeeperWorld({ http: throughBoth });
  const keeper = world.keeper({ endpoints: [ENDPOINT] });
  world.answerNotices(keeper);
  keeper.start();
  return { world, keeper, shop };
}

async function sell(world: KeeperWorld, keeper: TestKeeper, id = 'A1'): Promise<void> {
  given(await world.finish(keeper.openOrder(wishFor(id))));
  world.simulator.payer.pay({ outTradeNo: `${id}-1` });
  await world.clock.advance(SECOND);
}

const sendBack = (keeper: TestKeeper) =>
  keeper.refund({ orderId: orderId('A1'), outRefundNo: outRefundNo('R1'), refundFen: fen(1990) });

describe('R13: the merchant’s system', () => {
  test('R13: is told of a payment within a second of it, signed, and once when it answers', async () => {
    const { world, keeper, shop } = createShopWorld();
    await sell(world, keeper);
    await world.clock.advance(24 * HOUR);
    expect(shop.received).toEqual(['A1 1 order.paid']);
    await keeper.stop();
  });

  test('R13: that is down gets everything when it is up again, in order, with ids that stay the same', async () => {
    const { world, keeper, shop } = createShopWorld();
    shop.status = 503;
    await sell(world, keeper);
    given(await sendBack(keeper));
    await world.clock.advance(10 * MINUTE);
    expect(new Set(shop.received)).toEqual(new Set(['A1 1 order.paid']));
    expect(shop.received.length).toBeGreaterThan(1);
    shop.status = 204;
    await world.clock.advance(HOUR);
    expect(shop.received.slice(-2)).toEqual(['A1 1 order.paid', 'A1 2 refund.succeeded']);
    expect(new Set(shop.ids).size).toBe(2);
    await keeper.stop();
  });

  test('R13: whose trouble with one order holds back that order only', async () => {
    const { world, keeper, shop } = createShopWorld();
    shop.status = 500;
    await sell(world, keeper, 'A1');
    shop.status = 200;
    await sell(world, keeper, 'A2');
    expect(shop.received).toEqual(['A1 1 order.paid', 'A2 1 order.paid']);
    await world.clock.advance(MINUTE);
    expect(shop.received).toEqual(['A1 1 order.paid', 'A2 1 order.paid', 'A1 1 order.paid']);
    await keeper.stop();
  });

  test('R13: that answers 410 is left alone, a person is told, and the events are kept', async () => {
    const { world, keeper, shop } = createShopWorld();
    shop.status = 410;
    await sell(world, keeper, 'A1');
    await sell(world, keeper, 'A2');
    await world.clock.advance(24 * HOUR);
    expect(shop.received).toEqual(['A1 1 order.paid']);
    expect(world.told.filter(({ kind }) => kind === 'endpoint-disabled')).toHaveLength(1);
    expect(await world.store.undelivered(orderId('A2'), 'endpoint:shop', 9)).toHaveLength(1);
    await keeper.stop();
  });

  test('R13: gets from the next process what it has not confirmed to the last one (R16)', async () => {
    const { world, keeper, shop } = createShopWorld();
    shop.status = 503;
    await sell(world, keeper);
    await keeper.stop();
    shop.status = 200;
    const next = world.keeper({ endpoints: [ENDPOINT] });
    next.start();
    await world.clock.advance(HOUR);
    expect(shop.received.at(-1)).toBe('A1 1 order.paid');
    const before = shop.received.length;
    await world.clock.advance(24 * HOUR);
    expect(shop.received).toHaveLength(before);
    await next.stop();
  });
});
