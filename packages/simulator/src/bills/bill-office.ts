import type { BeijingDay } from '@orderkeeper/protocol';
import type { BillAnswer, BillOffice, World } from '../world.ts';
import { type DiscrepancyBook, withDiscrepancies } from './discrepancies.ts';
import { printFundFlowBill } from './fund-flow-bill.ts';
import { movementsOf } from './movements.ts';
import { printTradeBill, tradeRowOf } from './trade-bill.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** On the next day bills are begun at nine and can be had at ten, Beijing time. */
const BEGUN_AFTER_MS = DAY_MS + 9 * HOUR_MS;
const READY_AFTER_MS = DAY_MS + 10 * HOUR_MS;

/** Makes the bills of a world from its book, with the differences that were ordered. */
export function createBillOffice(
  { clock, ledger, merchants }: Pick<World, 'clock' | 'ledger' | 'merchants'>,
  discrepancies: Pick<DiscrepancyBook, 'list'>,
): BillOffice {
  const whenReady = (day: BeijingDay, print: () => Uint8Array | undefined): BillAnswer => {
    const ageMs = clock.nowMs() - day.startMs;
    if (ageMs < BEGUN_AFTER_MS) return { kind: 'none' };
    if (ageMs < READY_AFTER_MS) return { kind: 'creating' };
    const bytes = print();
    return bytes === undefined ? { kind: 'none' } : { kind: 'ready', bytes };
  };

  return {
    tradeBill: ({ mchid, subMchid, day, billType }) =>
      whenReady(day, () => {
        const movements = movementsOf(ledger, mchid).filter(
          ({ atMs, order }) =>
            atMs >= day.startMs && atMs < day.startMs + DAY_MS && (subMchid === '' || order.subMchid === subMchid),
        );
        const appid = merchants.get(mchid)?.appids.keys().next().value ?? '';
        const owner = { mchid, appid, billDate: day.text, startMs: day.startMs };
        return printTradeBill(withDiscrepancies(movements.map(tradeRowOf), discrepancies.list(), owner), billType);
      }),
    fundFlowBill: ({ mchid, subMchid, day, accountType }) =>
      whenReady(day, () =>
        // Everything that is simulated goes through the basic account.
        accountType === 'Basic'
          ? printFundFlowBill(
              movementsOf(ledger, mchid).filter(({ order }) => subMchid === '' || order.subMchid === subMchid),
              day.startMs,
              day.startMs + DAY_MS,
            )
          : undefined,
      ),
  };
}
