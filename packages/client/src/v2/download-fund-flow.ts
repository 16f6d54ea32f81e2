import { createHash } from 'node:crypto';
import { downloadfundflow, type DownloadfundflowRequest } from '@orderkeeper/protocol';
import { type FundFlowBill, fundFlowBillOf } from '../bills.ts';
import type { Outcome } from '../outcome.ts';
import { type CheckText, download } from './download.ts';
import type { V2CallOptions, V2Sender } from './send.ts';

const DIGEST = /(?:^|,)\s*SHA(?:-?1)?=([0-9a-fA-F]{40})\s*(?:,|$)/i;

/**
 * The header `Digest: SHA=<hex>` holds the SHA-1 of "the file". Whether a packed bill means the packed file is not
 * documented: either is taken. A bill without the header, or with one in another form, cannot be checked.
 */
const checkDigest: CheckText = ({ headers, body }, bytes) => {
  const expected = DIGEST.exec(headers['digest'] ?? '')?.[1]?.toLowerCase();
  if (expected === undefined || sha1(bytes) === expected || sha1(body) === expected) return undefined;
  return 'the bill is not what its Digest header says: it was cut or changed on the way';
};

const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

/** 下载资金账单 of a day, after 10:00 Beijing time of the next; needs the merchant certificate. */
export const downloadFundFlow =
  (sender: V2Sender) =>
  (request: DownloadfundflowRequest, options: V2CallOptions = {}): Promise<Outcome<FundFlowBill>> =>
    download(sender, downloadfundflow, request, options, {
      check: checkDigest,
      read: fundFlowBillOf,
    });
