import { downloadbill, type DownloadbillRequest } from '@orderkeeper/protocol';
import { type TradeBill, tradeBillOf } from '../bills.ts';
import type { Outcome } from '../outcome.ts';
import { download } from './download.ts';
import type { V2CallOptions, V2Sender } from './send.ts';

/** 下载交易账单 of a day, after 10:00 Beijing time of the next. Nobody signs it: what it says is to be reconciled. */
export const downloadBill =
  (sender: V2Sender) =>
  (request: DownloadbillRequest, options: V2CallOptions = {}): Promise<Outcome<TradeBill>> =>
    download(sender, downloadbill, request, options, {
      check: () => undefined,
      read: tradeBillOf,
    });
