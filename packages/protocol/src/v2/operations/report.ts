import type { OutTradeNo } from '../../values/numbers.ts';
import { ok } from '../../values/result.ts';
import { EVERYWHERE } from '../codes/everywhere.ts';
import { beijingTime, count, oneOf, optional, outTradeNo, text } from '../field-kinds.ts';
import { jsonArray, jsonText } from '../field-json.ts';
import { printFields, type SentTable } from '../field-table.ts';
import type { Operation } from '../operation.ts';
import { requireOneOf } from '../order-number.ts';

/** One call, as its caller saw it. */
export interface CallReport {
  /** The full address that was called. */
  readonly interfaceUrl: string;
  readonly executeTimeMs: number;
  readonly returnCode: 'SUCCESS' | 'FAIL';
  readonly returnMsg?: string;
  readonly resultCode: 'SUCCESS' | 'FAIL';
  readonly errCode?: string;
  readonly errCodeDes?: string;
  readonly outTradeNo?: OutTradeNo;
  /** The address of the calling machine. */
  readonly userIp: string;
  /** When it was called, UTC milliseconds. */
  readonly calledAtMs?: number;
  readonly deviceInfo?: string;
  readonly trades?: never;
}

/** One micropay of a batch. */
export interface ReportedTrade {
  readonly outTradeNo: OutTradeNo;
  /** UTC milliseconds. */
  readonly beganAtMs: number;
  /** UTC milliseconds. */
  readonly endedAtMs: number;
  /** `CANCLE` is WeChat Pay's own spelling. */
  readonly state: 'OK' | 'FAIL' | 'CANCLE';
  readonly errMsg?: string;
}

/** Several micropays. */
export interface BatchReport {
  readonly interfaceUrl: 'https://api.mch.weixin.qq.com/pay/batchreport/micropay/total';
  readonly trades: readonly ReportedTrade[];
  readonly userIp: string;
  readonly deviceInfo?: string;
}

/** Tells WeChat Pay how well it answered. */
export type ReportRequest = CallReport | BatchReport;

/** There is nothing to know beyond the success itself. */
export type ReportAnswer = Readonly<Record<never, never>>;

type Sent = Partial<Omit<CallReport, 'trades'>> &
  Pick<CallReport, 'interfaceUrl' | 'userIp'> & { readonly trades?: readonly ReportedTrade[] };

const TRADE: SentTable<ReportedTrade> = {
  outTradeNo: outTradeNo('out_trade_no'),
  beganAtMs: beijingTime('begin_time'),
  endedAtMs: beijingTime('end_time'),
  state: oneOf('OK', 'FAIL', 'CANCLE')('state'),
  errMsg: optional(text(128))('err_msg'),
};

const trades = jsonText<readonly ReportedTrade[]>(1024, (list) => jsonArray(TRADE, list));

const REQUEST: SentTable<Sent> = {
  interfaceUrl: text(127)('interface_url'),
  // The underscore at the end is WeChat Pay's own.
  executeTimeMs: optional(count)('execute_time_'),
  returnCode: optional(oneOf('SUCCESS', 'FAIL'))('return_code'),
  returnMsg: optional(text(128))('return_msg'),
  resultCode: optional(oneOf('SUCCESS', 'FAIL'))('result_code'),
  errCode: optional(text(32))('err_code'),
  errCodeDes: optional(text(128))('err_code_des'),
  outTradeNo: optional(outTradeNo)('out_trade_no'),
  userIp: text(16)('user_ip'),
  calledAtMs: optional(beijingTime)('time'),
  deviceInfo: optional(text(32))('device_info'),
  trades: optional(trades)('trades'),
};

/**
 * 交易保障, optional; its answer is not signed and has no codes of its own.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_8
 */
export const report: Operation<ReportRequest, ReportAnswer> = {
  name: 'report',
  path: '/payitil/report',
  clientCertificate: 'not-needed',
  answer: 'unsigned',
  signType: 'merchant',
  sender: 'appid-and-mchid',
  effect: 'reads',
  afterUnknown: 'repeat',
  codes: EVERYWHERE,
  printRequest: (request) => requireOneOf(printFields<Sent>(REQUEST, request), ['return_code', 'trades']),
  readAnswer: () => ok({}),
};
