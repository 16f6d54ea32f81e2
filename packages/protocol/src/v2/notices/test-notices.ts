import { printBeijingTime, printDashedBeijingTime } from '../../values/beijing-time.ts';
import type { Fen } from '../../values/fen.ts';
import type { Appid, Mchid, OutRefundNo, OutTradeNo } from '../../values/numbers.ts';
import type { ApiKey } from '../../values/secret.ts';
import type { Fields } from '../fields.ts';
import { type SignType, signFields } from '../sign/sign.ts';
import { printXml, type PrintXmlOptions } from '../xml/print-xml.ts';
import { encryptReqInfo } from './req-info.ts';

/** What every test notice needs. */
interface TestNoticeBase {
  readonly key: ApiKey;
  readonly appid: Appid;
  readonly mchid: Mchid;
  readonly outTradeNo: OutTradeNo;
  readonly totalFen: Fen;
  /** Fields by their names on the wire, added to the notice or replacing its own; an empty text is sent as one. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** A pay notice to be made up. */
export interface TestPayNotice extends TestNoticeBase {
  /** UTC milliseconds. */
  readonly paidAtMs: number;
  /** Default MD5, without a `sign_type` field; HMAC-SHA256 sends one. */
  readonly signType?: SignType;
}

/** A refund notice to be made up. */
export interface TestRefundNotice extends TestNoticeBase {
  readonly outRefundNo: OutRefundNo;
  readonly refundFen: Fen;
  /** UTC milliseconds; also the time of success. */
  readonly refundedAtMs: number;
  /** Default SUCCESS. */
  readonly refundStatus?: 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE';
}

const NONCE = '5K8264ILTKCH16CQ2502SI8ZNMTM67VS';

/**
 * Makes the body of a pay notice with a valid sign, in the layout observed from WeChat Pay, so that a receiver can be
 * tested without it. Throws a TypeError for fields that XML cannot carry.
 */
export function printTestPayNotice(notice: TestPayNotice): string {
  const { key, appid, mchid, outTradeNo, totalFen, paidAtMs, signType = 'MD5' } = notice;
  const time = printBeijingTime(paidAtMs);
  const fields = new Map(
    Object.entries({
      appid,
      bank_type: 'OTHERS',
      cash_fee: String(totalFen),
      fee_type: 'CNY',
      is_subscribe: 'N',
      mch_id: mchid,
      nonce_str: NONCE,
      openid: 'oUpF8uMEb4qRXf22hE3X68TekukE',
      out_trade_no: outTradeNo,
      result_code: 'SUCCESS',
      return_code: 'SUCCESS',
      ...(signType === 'MD5' ? {} : { sign_type: signType }),
      time_end: time,
      total_fee: String(totalFen),
      trade_type: 'JSAPI',
      transaction_id: `4200000001${time.slice(0, 8)}0000000001`,
      ...notice.fields,
    }),
  );
  fields.set('sign', signFields(fields, key, signType));
  return print(sorted(fields), { cdata: 'always', bareFields: new Set(['total_fee']), separator: '\n' });
}

/**
 * Makes the body of a refund notice that decrypts with `key`; `fields` go into the encrypted part. Throws a TypeError
 * for fields that XML cannot carry.
 */
export function printTestRefundNotice(notice: TestRefundNotice): string {
  const {
    key,
    appid,
    mchid,
    outTradeNo,
    totalFen,
    outRefundNo,
    refundFen,
    refundedAtMs,
    refundStatus = 'SUCCESS',
  } = notice;
  const time = printDashedBeijingTime(refundedAtMs);
  const day = time.slice(0, 10).replaceAll('-', '');
  const inner = new Map(
    Object.entries({
      out_refund_no: outRefundNo,
      out_trade_no: outTradeNo,
      refund_account: 'REFUND_SOURCE_RECHARGE_FUNDS',
      refund_fee: String(refundFen),
      refund_id: `5000000001${day}00000000001`,
      refund_recv_accout: '支付用户零钱',
      refund_request_source: 'API',
      refund_status: refundStatus,
      settlement_refund_fee: String(refundFen),
      settlement_total_fee: String(totalFen),
      ...(refundStatus === 'SUCCESS' ? { success_time: time } : {}),
      total_fee: String(totalFen),
      transaction_id: `4200000001${day}0000000001`,
      ...notice.fields,
    }),
  );
  const reqInfo = encryptReqInfo(print(sorted(inner), { root: 'root', cdata: 'always' }), key);
  const outer = new Map(
    Object.entries({ return_code: 'SUCCESS', appid, mch_id: mchid, nonce_str: NONCE, req_info: reqInfo }),
  );
  return print(outer, { cdata: 'always', separator: '\n' });
}

const sorted = (fields: Fields): Map<string, string> => new Map([...fields].sort(([a], [b]) => (a < b ? -1 : 1)));

function print(fields: Fields, options: PrintXmlOptions): string {
  const xml = printXml(fields, options);
  if (!xml.ok) throw new TypeError(xml.message);
  return xml.value;
}
