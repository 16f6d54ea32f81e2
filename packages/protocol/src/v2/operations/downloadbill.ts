import type { BeijingDay } from '../../values/beijing-time.ts';
import type { BillType } from '../bill/headers.ts';
import { DOWNLOADBILL_CODES } from '../codes/bills.ts';
import { beijingDay, oneOf, optional } from '../field-kinds.ts';
import { type FieldTable, printFields } from '../field-table.ts';
import type { TextOperation } from '../operation.ts';

/** Asks for the trade bill (交易账单) of a day. */
export interface DownloadbillRequest {
  /** At most three months back; the bill of a day is ready after 10:00 of the next. */
  readonly billDate: BeijingDay;
  readonly billType?: BillType;
  /** Compresses the bill; a failure is plain XML all the same. */
  readonly tarType?: 'GZIP';
}

const REQUEST: FieldTable<DownloadbillRequest> = {
  billDate: beijingDay('bill_date'),
  billType: optional(oneOf<BillType>('ALL', 'SUCCESS', 'REFUND', 'RECHARGE_REFUND'))('bill_type'),
  tarType: optional(oneOf('GZIP'))('tar_type'),
};

/**
 * 下载交易账单: answers with the bill as text, which nobody signs.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_6
 */
export const downloadbill: TextOperation<DownloadbillRequest> = {
  name: 'downloadbill',
  path: '/pay/downloadbill',
  clientCertificate: 'not-needed',
  answer: 'text',
  signType: 'merchant',
  sender: 'without-sub-appid',
  effect: 'reads',
  afterUnknown: 'repeat',
  codes: DOWNLOADBILL_CODES,
  printRequest: (request) => printFields(REQUEST, request),
};
