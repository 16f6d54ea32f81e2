import type { Result } from '@orderkeeper/protocol';
import type { OrderWish } from '../core/open-order.ts';
import type { KeeperReason, OpenedOrder, OpenOrderRequest } from '../keeper.ts';
import type { Line } from '../work/kept-merchant.ts';
import type { WorkContext } from '../work/work-context.ts';
import { checkExpiry } from './check-expiry.ts';
import { holdingWakes } from './do-at-once.ts';
import { commitIntent } from './intent.ts';
import { offerPayment } from './offer-payment.ts';
import { outTradeNoFor } from './out-trade-no-for.ts';
import { noSuchMerchant } from './wish.ts';

const MINUTE_MS = 60_000;

/** How long an order can be paid when the merchant does not say. */
export const ORDER_LIFETIME_MS_DEFAULT = 30 * MINUTE_MS;

/** Opens an order and answers with what its payer needs. The same request again answers the same order, freshly signed. */
export async function openOrder(
  context: WorkContext,
  request: OpenOrderRequest,
): Promise<Result<OpenedOrder, KeeperReason>> {
  const merchant = context.merchants.get(request.mchid);
  if (merchant === undefined) return noSuchMerchant(request.mchid);
  const nowMs = context.clock.nowMs();
  const expiresAtMs = request.expiresAtMs ?? nowMs + ORDER_LIFETIME_MS_DEFAULT;
  const checked = checkExpiry(expiresAtMs, nowMs);
  if (!checked.ok) return checked;
  const line = merchant.lineFor({ protocol: request.protocol, tradeType: request.tradeType });
  if (!line.ok) return line;
  const { held, release } = holdingWakes(context);
  try {
    const wish = wishOf(request, { appid: merchant.appid, line: line.value, expiresAtMs });
    const intent = await commitIntent(held, merchant, wish);
    return intent.ok ? await offerPayment(held, request.orderId) : intent;
  } finally {
    release();
  }
}

interface Settled extends Pick<OrderWish, 'appid' | 'expiresAtMs'> {
  readonly line: Line;
}

function wishOf(request: OpenOrderRequest, { appid, line, expiresAtMs }: Settled): OrderWish {
  const { orderId, mchid, totalFen, description, latePayment } = request;
  const { tradeType, payerIp, openid, attach, sceneInfo } = request;
  const outTradeNo = outTradeNoFor(orderId, 1, line.gateway.outTradeNoLengthMin);
  // The same whatever the protocol, so that a repetition is the same request.
  const productId = request.productId ?? (tradeType === 'NATIVE' ? outTradeNoFor(orderId, 1) : undefined);
  return {
    orderId,
    mchid,
    appid,
    totalFen,
    description,
    expiresAtMs,
    outTradeNo,
    protocol: line.protocol,
    ...(latePayment === undefined ? {} : { latePayment }),
    attempt: {
      tradeType,
      payerIp,
      ...(openid === undefined ? {} : { openid }),
      ...(productId === undefined ? {} : { productId }),
      ...(attach === undefined ? {} : { attach }),
      ...(sceneInfo === undefined ? {} : { sceneInfo }),
    },
  };
}
