import type { OpenOrderRequest } from '@orderkeeper/keeper';
import type { Fen, OutTradeNo } from '@orderkeeper/protocol';
import { printYuan } from '@orderkeeper/protocol';
import type { OrderId } from '@orderkeeper/keeper';
import type { DemoWorld } from '../demo-world.ts';

/** What a story's shop sells. */
export interface Sale {
  readonly orderId: string;
  readonly what: string;
  readonly totalFen: Fen;
  readonly changes?: Partial<OpenOrderRequest>;
}

/** The shop opens an order that is paid by scanning a QR code. */
export async function openQrOrder(
  world: DemoWorld,
  { orderId: text, what, totalFen, changes = {} }: Sale,
): Promise<{ readonly orderId: OrderId; readonly outTradeNo: OutTradeNo }> {
  const orderId = world.orderId(text);
  world.narrator.say('shop', `opens an order: ${what} for ${printYuan(totalFen)} CNY`);
  const opened = await world.finish(
    world.keeper.openOrder({
      orderId,
      mchid: world.mchid,
      totalFen,
      description: what,
      tradeType: 'NATIVE',
      payerIp: '127.0.0.1',
      productId: text,
      ...changes,
    }),
  );
  if (!opened.ok) throw new Error(opened.message);
  return { orderId, outTradeNo: await world.numberOf(orderId) };
}
