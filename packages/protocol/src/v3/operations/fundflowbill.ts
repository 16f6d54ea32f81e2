import type { BeijingDay } from '../../values/beijing-time.ts';
import { tableReader } from '../answer.ts';
import { BILL_ADDRESS, BILL_ROW, type BillAddress } from '../bill-address.ts';
import { dashedBeijingDay, oneOf, optional } from '../json/json-kinds.ts';
import { printJson, type SentJsonTable } from '../json/json-table.ts';
import type { V3Operation } from '../operation.ts';
import { printV3Request } from '../request.ts';

/** Asks for the fund-flow bill (资金账单) of a day. */
export interface V3FundflowbillRequest {
  readonly billDate: BeijingDay;
  /** Default BASIC. */
  readonly accountType?: 'BASIC' | 'OPERATION' | 'FEES';
  readonly tarType?: 'GZIP';
}

const FUND_FLOW: SentJsonTable<V3FundflowbillRequest> = {
  billDate: dashedBeijingDay('bill_date'),
  accountType: optional(oneOf<'BASIC' | 'OPERATION' | 'FEES'>('BASIC', 'OPERATION', 'FEES'))('account_type'),
  tarType: optional(oneOf<'GZIP'>('GZIP'))('tar_type'),
};

const ROW = {
  ...BILL_ROW,
  name: 'fundflowbill',
  sender: 'none',
  paths: { merchant: '/v3/bill/fundflowbill', partner: '/v3/bill/fundflowbill' },
} as const;

/**
 * 申请资金账单: of the caller's own accounts.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071235
 */
export const v3Fundflowbill: V3Operation<V3FundflowbillRequest, BillAddress> = {
  ...ROW,
  printRequest: (request, sender) => printV3Request(ROW, sender, { query: printJson(FUND_FLOW, request) }),
  readAnswer: tableReader(BILL_ADDRESS),
};
