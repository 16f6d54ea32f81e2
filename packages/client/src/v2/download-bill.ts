import { downloadbill, type DownloadbillRequest, readTradeBill } from '@orderkeeper/protocol';
import type { Outcome } from '../outcome.ts';
import { download } from './download.ts';
import type { V2CallOptions, V2Sender } from './send.ts';

/** A trade bill. */
export interface TradeBill {
  /** The bill as text in UTF-8, unpacked. */
  readonly bytes: Uint8Array;
  /** Reads the bill from its start: rows, flaws among them, then the summary. */
  readonly items: () => ReturnType<typeof readTradeBill>;
}

/** 下载交易账单 of a day, after 10:00 Beijing time of the next. Nobody signs it: what it says is to be reconciled. */
export const downloadBill =
  (sender: V2Sender) =>
  (request: DownloadbillRequest, options: V2CallOptions = {}): Promise<Outcome<TradeBill>> =>
    download(sender, downloadbill, request, options, {
      check: () => undefined,
      read: (bytes) => ({ bytes, items: () => readTradeBill([bytes]) }),
    });
