import { unifiedorder, type UnifiedorderAnswer, type UnifiedorderRequest } from '@orderkeeper/protocol';
import type { Placements } from '../core/placements.ts';
import type { Outcome } from '../outcome.ts';
import { placementKey } from './placement-key.ts';
import { send, type V2CallOptions, type V2Sender } from './send.ts';

/**
 * 统一下单: places an order, or asks for a new prepay id of the same order with the same content. The client remembers
 * when, for the guard of `closeOrder`; the end of the call counts, which is the later and therefore the safe moment.
 */
export const unifiedOrder =
  (sender: V2Sender, placements: Placements) =>
  async (request: UnifiedorderRequest, options: V2CallOptions = {}): Promise<Outcome<UnifiedorderAnswer>> => {
    const outcome = await send(sender, unifiedorder, request, options);
    if (outcome.outcome !== 'rejected') {
      placements.add(placementKey(sender.merchant, request.outTradeNo, options), sender.world.clock.nowMs());
    }
    return outcome;
  };
