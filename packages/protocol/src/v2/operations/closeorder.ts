import type { OutTradeNo } from '../../values/numbers.ts';
import { ok } from '../../values/result.ts';
import type { CodeTable } from '../codes/code-row.ts';
import { EVERYWHERE } from '../codes/everywhere.ts';
import { outTradeNo } from '../field-kinds.ts';
import { type FieldTable, printFields } from '../field-table.ts';
import type { Operation } from '../operation.ts';

/** Closes an unpaid order so that it cannot be paid any more. */
export interface CloseorderRequest {
  readonly outTradeNo: OutTradeNo;
}

/** There is nothing to know beyond the success itself: observed answers carry no `result_msg`. */
export type CloseorderAnswer = Readonly<Record<never, never>>;

const REQUEST: FieldTable<CloseorderRequest> = { outTradeNo: outTradeNo('out_trade_no') };

const CODES = {
  ...EVERYWHERE,
  ORDERPAID: {
    outcome: 'rejected',
    repeat: 'query',
    meaning: 'the order is paid, it cannot be closed',
    remedy: 'query the order and treat it as paid',
  },
  ORDERCLOSED: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the order is closed already',
    remedy: 'nothing to do: it cannot be paid any more',
  },
  ORDERNOTEXIST: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'no order has this number',
    remedy: 'nothing to close; check the number',
  },
  TRADE_STATE_ERROR: {
    outcome: 'rejected',
    repeat: 'query',
    meaning: 'the order is in a state that cannot be closed',
    remedy: 'query the order and decide by its trade state',
  },
  FREQUENCY_LIMITED: {
    outcome: 'rejected',
    repeat: 'query',
    meaning: 'too many calls, or the payer is paying at this moment; the order was not closed',
    remedy: 'query the order; when it is unpaid, wait and close again',
  },
} as const satisfies CodeTable;

/**
 * 关闭订单, not before five minutes after the order was placed.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_3
 */
export const closeorder: Operation<CloseorderRequest, CloseorderAnswer> = {
  name: 'closeorder',
  path: '/pay/closeorder',
  clientCertificate: 'not-needed',
  answer: 'signed',
  signType: 'merchant',
  sender: 'appid-and-mchid',
  afterUnknown: 'repeat',
  codes: CODES,
  printRequest: (request) => printFields(REQUEST, request),
  readAnswer: () => ok({}),
};
