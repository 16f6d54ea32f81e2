import { failure, ok, type Result } from '@orderkeeper/protocol';
import { endRefund, type RefundEnd } from '../core/refund-state.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SimRefund } from '../ledger/refund.ts';
import type { World } from '../world.ts';

/** Ends a refund when its time has come, as the settings say at that moment. */
export function endRefundLater(world: World, ledger: Ledger, refund: SimRefund): void {
  world.schedule(world.settings.refundDelayMs, () => {
    settle(world, ledger, refund, world.settings.refundEnd);
  });
}

/** Ends a refund at once, as ordered by a person. */
export function endRefundNow(
  world: World,
  name: { readonly outRefundNo: string; readonly mchid?: string },
  end: RefundEnd,
): Result<SimRefund, 'no-such-refund' | 'already-final'> {
  const refund = world.ledger
    .refunds()
    .find(
      ({ outRefundNo, mchid }) =>
        outRefundNo === name.outRefundNo && (name.mchid === undefined || mchid === name.mchid),
    );
  if (refund === undefined) return failure('no-such-refund', `no refund has the number ${name.outRefundNo}`);
  const ended = settle(world, world.ledger, refund, end);
  return ended === undefined
    ? failure('already-final', `the refund ${name.outRefundNo} is ${refund.state} already`)
    : ok(ended);
}

function settle(world: World, ledger: Ledger, refund: SimRefund, end: RefundEnd): SimRefund | undefined {
  const present = ledger.refund(refund.mchid, refund.outRefundNo);
  const order = ledger.order(refund.mchid, refund.outTradeNo);
  const ended = present && endRefund(present, end, world.clock.nowMs());
  if (ended === undefined || order === undefined) return undefined;
  ledger.putRefund(ended);
  if (ledger === world.ledger) world.events.tell({ kind: 'refund-final', order, refund: ended });
  return ended;
}
