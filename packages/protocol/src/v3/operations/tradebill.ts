import type { BeijingDay } from '../../values/beijing-time.ts';
import { tableReader } from '../answer.ts';
import { BILL_ADDRESS, BILL_ROW, type BillAddress } from '../bill-address.ts';
import { dashedBeijingDay, oneOf, optional } from '../json/json-kinds.ts';
import { printJson, type SentJsonTable } from '../json/json-table.ts';
import type { V3Operation } from '../operation.ts';
import { printV3Request } from '../request.ts';

/** Asks for the trade bill (交易账单) of a day. */
export interface V3TradebillRequest {
  /** At most three months back; the bill of a day is ready after 10:00 of the next. */
  readonly billDate: BeijingDay;
  /** Default ALL. */
  readonly billType?: 'ALL' | 'SUCCESS' | 'REFUND';
  readonly tarType?: 'GZIP';
}

const REQUEST: SentJsonTable<V3TradebillRequest> = {
  billDate: dashedBeijingDay('bill_date'),
  billType: optional(oneOf<'ALL' | 'SUCCESS' | 'REFUND'>('ALL', 'SUCCESS', 'REFUND'))('bill_type'),
  tarType: optional(oneOf<'GZIP'>('GZIP'))('tar_type'),
};

const ROW = {
  ...BILL_ROW,
  name: 'tradebill',
  sender: 'sub-mchid',
  paths: { merchant: '/v3/bill/tradebill', partner: '/v3/bill/tradebill' },
} as const;

/**
 * 申请交易账单: the orders that were paid and the refunds that were accepted on a day, with v2 and with APIv3 alike.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071227
 */
export const v3Tradebill: V3Operation<V3TradebillRequest, BillAddress> = {
  ...ROW,
  printRequest: (request, sender) => printV3Request(ROW, sender, { query: printJson(REQUEST, request) }),
  readAnswer: tableReader(BILL_ADDRESS),
};
