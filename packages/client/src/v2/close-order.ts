import { closeorder, type CloseorderAnswer, type CloseorderRequest } from '@orderkeeper/protocol';
import { closeGuard, type Placements } from '../core/placements.ts';
import type { Outcome } from '../outcome.ts';
import { refusedHere } from '../refused-here.ts';
import { placementKey } from './placement-key.ts';
import { send, type V2CallOptions, type V2Sender } from './send.ts';

/** What a caller may say about a close. */
export interface CloseOrderOptions extends V2CallOptions {
  /** When the order was placed, UTC milliseconds; the client knows it by itself for orders it has placed lately. */
  readonly placedAtMs?: number;
}

/**
 * 关闭订单. An order that is known to be younger than five minutes is not closed: the outcome is `rejected` with
 * `CLOSE_TOO_EARLY` and `possibleFromMs`, and nothing is sent.
 */
export const closeOrder =
  (sender: V2Sender, placements: Placements) =>
  async (request: CloseorderRequest, options: CloseOrderOptions = {}): Promise<Outcome<CloseorderAnswer>> => {
    const { merchant, world } = sender;
    const placedAtMs = options.placedAtMs ?? placements.placedAtMs(placementKey(merchant, request.outTradeNo, options));
    const guard = closeGuard(placedAtMs, world.clock.nowMs());
    if (guard.kind === 'possible') return send(sender, closeorder, request, options);
    const { possibleFromMs } = guard;
    const from = new Date(possibleFromMs).toISOString();
    return { ...refusedHere('CLOSE_TOO_EARLY', `out_trade_no can be closed from ${from} on`), possibleFromMs };
  };
