import { type Clock, type Http, nextTurn, type Random, sleep } from '@orderkeeper/ports';
import type { RunningSimulator } from '@orderkeeper/simulator';
import { z } from 'zod';

/** What becomes of an order, as far as shop and payer can choose. */
export type Fate = 'paid' | 'refunded' | 'asked-to-close' | 'abandoned' | 'charged';

const FATES: readonly [Fate, ...Fate[]] = ['paid', 'paid', 'refunded', 'asked-to-close', 'abandoned', 'charged'];

/** How charged codes end at the simulator: never entered, password then paid, paid, refused, lost answers. */
const CODE_ENDINGS = ['9001', '9002', '0001', '9302', '9202', '9101'] as const;

const MINUTE_MS = 60_000;
/** The classic API closes nothing younger than five minutes, so an order lives a little longer. */
const LIFETIME_MS = 6 * MINUTE_MS;
const AGAIN_AFTER_MS = 500;
const PAYER_THINKS_MS_MAX = 20_000;

/** What shops are made of. */
export interface ShopParts {
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  readonly simulator: RunningSimulator;
  readonly origin: string;
  readonly apiKey: string;
  /** No request is repeated after this. */
  readonly signal: AbortSignal;
}

/**
 * A shop's program: it repeats every request until it is answered, as docs/API.md says, and nothing else. It takes
 * turns at what is spoken with WeChat Pay.
 */
export interface Shop {
  /** Lives through one order; answers its fate. */
  readonly sell: (orderNumber: number) => Promise<Fate>;
  readonly get: (path: string) => Promise<unknown>;
}

/** However few orders there are, nothing is left out. */
function inTurn<Value>(values: readonly [Value, ...Value[]], turn: number): Value {
  return values[turn % values.length] ?? values[0];
}

/** Opens a shop. */
export function openShop(parts: ShopParts): Shop {
  const { random, clock, simulator, signal } = parts;

  const pay = async (outTradeNo: string): Promise<void> => {
    await sleep(clock, random.fraction() * PAYER_THINKS_MS_MAX, signal);
    simulator.payer.pay({ outTradeNo });
  };
  const protocolOf = (orderNumber: number): string => {
    const turn = Math.floor(orderNumber / FATES.length);
    // With each fate first in one protocol, and with each ending of a code later in the other as well.
    return inTurn(['v2', 'v3'], turn + Math.floor(turn / CODE_ENDINGS.length));
  };
  const open = async (orderId: string, orderNumber: number): Promise<void> => {
    const protocol = protocolOf(orderNumber);
    const order = { orderId, protocol, totalFen: 1990, description: 'tea', tradeType: 'NATIVE', payerIp: '127.0.0.1' };
    const expiresAtMs = Math.round(clock.nowMs() + LIFETIME_MS);
    await untilAnswered(parts, 'POST', '/v1/orders', { ...order, expiresAtMs });
  };
  const charge = async (orderId: string, orderNumber: number): Promise<void> => {
    const ending = inTurn(CODE_ENDINGS, Math.floor(orderNumber / FATES.length));
    const authCode = `13${String(orderNumber).padStart(12, '0')}${ending}`;
    const protocol = protocolOf(orderNumber);
    const order = { orderId, protocol, totalFen: 1990, description: 'tea', authCode, payerIp: '127.0.0.1' };
    await untilAnswered(parts, 'POST', '/v1/micropay', order);
    await untilAnswered(parts, 'POST', `/v1/orders/${orderId}/close`, {});
  };
  return {
    sell: async (orderNumber) => {
      const orderId = `order-${orderNumber}`;
      const fate = inTurn(FATES, orderNumber);
      if (fate === 'charged') {
        await charge(orderId, orderNumber);
        return fate;
      }
      await open(orderId, orderNumber);
      if (fate === 'asked-to-close') await untilAnswered(parts, 'POST', `/v1/orders/${orderId}/close`, {});
      if (fate === 'paid' || fate === 'refunded') await pay(`${orderId}-1`);
      if (fate === 'refunded') await refund(parts, orderId);
      return fate;
    },
    get: async (path) => (await untilAnswered(parts, 'GET', path)).json,
  };
}

/** Refunds twice; a payment that the keeper has not learned of yet is asked for first. */
async function refund(parts: ShopParts, orderId: string): Promise<void> {
  for (const part of ['a', 'b']) {
    const body = { outRefundNo: `${orderId}-${part}`, refundFen: 500 };
    for (;;) {
      const { status, json } = await untilAnswered(parts, 'POST', `/v1/orders/${orderId}/refunds`, body);
      if (status < 300) break;
      if (json['code'] !== 'not-paid')
        throw new Error(`the refund ${body.outRefundNo} was refused: ${String(json['code'])}`);
      const order = await untilAnswered(parts, 'GET', `/v1/orders/${orderId}?fresh`);
      // The payer never met the order: its placing was lost until the payer had gone.
      if (
        parts.simulator.world.ledger.ordersNamed(`${orderId}-1`)[0]?.state !== 'SUCCESS' &&
        order.json['state'] !== 'paid'
      )
        return;
      await sleep(parts.clock, AGAIN_AFTER_MS, parts.signal);
    }
  }
}

const jsonObject = z.record(z.string(), z.unknown());

interface Answered {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
}

/** A dead service does not answer, a living one may say 5xx: the same request goes out again, under the same key. */
async function untilAnswered(
  parts: ShopParts,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<Answered> {
  const { http, clock, random, origin, apiKey, signal } = parts;
  const key = Buffer.from(random.bytes(8)).toString('hex');
  while (!signal.aborted) {
    const answer = await http({
      method,
      url: `${origin}${path}`,
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        ...(method === 'POST' ? { 'idempotency-key': key } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal,
    }).catch(() => undefined);
    if (answer !== undefined && answer.status < 500)
      return { status: answer.status, json: jsonObject.parse(JSON.parse(new TextDecoder().decode(answer.body))) };
    await sleep(clock, AGAIN_AFTER_MS, signal);
    await nextTurn();
  }
  throw new Error(`${method} ${path} was not answered in time`);
}
