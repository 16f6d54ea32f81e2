import type { Route } from '../route.ts';
import { closeOrder } from './close-order.ts';
import { explainOrder } from './explain-order.ts';
import { listOrders } from './list-orders.ts';
import { micropay } from './micropay.ts';
import { openOrder } from './open-order.ts';
import { orderTimeline } from './order-timeline.ts';
import { payAgain } from './pay-again.ts';
import { paymentParameters } from './payment-parameters.ts';
import { refundOrder } from './refund-order.ts';
import { showOrder } from './show-order.ts';

/** Every row below `/v1`. */
export const ROUTES: readonly Route[] = [
  openOrder,
  listOrders,
  showOrder,
  payAgain,
  paymentParameters,
  closeOrder,
  refundOrder,
  orderTimeline,
  explainOrder,
  micropay,
];
