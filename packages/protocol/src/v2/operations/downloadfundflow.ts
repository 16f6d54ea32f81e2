import type { BeijingDay } from '../../values/beijing-time.ts';
import { DOWNLOADFUNDFLOW_CODES } from '../codes/bills.ts';
import { beijingDay, oneOf, optional } from '../field-kinds.ts';
import { type FieldTable, printFields } from '../field-table.ts';
import type { TextOperation } from '../operation.ts';

/** Whose movements a fund-flow bill lists: the basic account (基本账户), the operating one (运营账户), the fees (手续费账户). */
export type FundflowAccountType = 'Basic' | 'Operation' | 'Fees';

/** Asks for the fund-flow bill (资金账单) of a day. */
export interface DownloadfundflowRequest {
  /** From 2017-06-01 on; the bill of a day is ready after 10:00 of the next. */
  readonly billDate: BeijingDay;
  readonly accountType: FundflowAccountType;
  /** Compresses the bill; a failure is plain XML all the same. */
  readonly tarType?: 'GZIP';
}

const REQUEST: FieldTable<DownloadfundflowRequest> = {
  billDate: beijingDay('bill_date'),
  accountType: oneOf<FundflowAccountType>('Basic', 'Operation', 'Fees')('account_type'),
  tarType: optional(oneOf('GZIP'))('tar_type'),
};

/**
 * 下载资金账单: answers with the bill as text, which nobody signs; the header `Digest: SHA=…` holds its SHA-1. It knows
 * HMAC-SHA256 only.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_18
 */
export const downloadfundflow: TextOperation<DownloadfundflowRequest> = {
  name: 'downloadfundflow',
  path: '/pay/downloadfundflow',
  clientCertificate: 'required',
  answer: 'text',
  signType: 'HMAC-SHA256',
  sender: 'without-sub-appid',
  effect: 'reads',
  afterUnknown: 'repeat',
  codes: DOWNLOADFUNDFLOW_CODES,
  printRequest: (request) => printFields(REQUEST, request),
};
