import { failure, ok, type Result } from '@orderkeeper/protocol';
import { mayPay } from '../core/may-pay.ts';
import type { OrderId } from '../core/order.ts';
import type { PaymentParameters } from '../gateway/payment-gateway.ts';
import type { KeeperReason } from '../keeper.ts';
import type { WorkContext } from '../work/work-context.ts';
import { offerPayment } from './offer-payment.ts';

/** Signs fresh parameters for the payer's client; `not-payable` says why there are none. */
export async function paymentParameters(
  context: WorkContext,
  orderId: OrderId,
): Promise<Result<PaymentParameters, KeeperReason>> {
  const offered = await offerPayment(context, orderId);
  if (!offered.ok) return offered;
  const { order, parameters } = offered.value;
  if (parameters !== undefined) return ok(parameters);
  const obstacle = mayPay(order, context.clock.nowMs());
  return failure('not-payable', obstacle.ok ? 'ask again in a moment' : obstacle.message);
}
