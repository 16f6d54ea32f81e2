import type { KeyObject } from 'node:crypto';
import type { Fen } from '../../values/fen.ts';
import type { Appid, Mchid, OutRefundNo, OutTradeNo } from '../../values/numbers.ts';
import { printRfc3339 } from '../../values/rfc3339.ts';
import type { ApiV3Key } from '../../values/secret.ts';
import { AEAD_ALGORITHM, sealText } from '../cipher/aead.ts';
import type { JsonValue } from '../json/json-value.ts';
import { answerMessage, printTimestamp } from '../sign/message.ts';
import { signMessage } from '../sign/rsa.ts';
import { printWechatpayHeaders } from '../sign/wechatpay-headers.ts';

/** Who signs a test notice, and whom it is sealed for. */
export interface TestNoticeSeal {
  /** The private half of the key that the receiver has under `serial`. */
  readonly privateKey: KeyObject;
  readonly serial: string;
  readonly apiV3Key: ApiV3Key;
  /** When it is signed, UTC milliseconds; the receiver's clock must be within five minutes of it. */
  readonly nowMs: number;
  /** Fresh for every notice: 12 characters for the sealed text. */
  readonly resourceNonce: string;
  /** Fresh for every notice: 32 letters and digits for the signature. */
  readonly nonce: string;
}

interface TestNoticeBase {
  readonly mchid: Mchid;
  readonly outTradeNo: OutTradeNo;
  readonly totalFen: Fen;
  /** Members by their names on the wire, added to what is sealed or replacing its own. */
  readonly members?: Readonly<Record<string, JsonValue>>;
}

/** A pay notice to be made up. */
export interface V3TestPayNotice extends TestNoticeBase {
  readonly appid: Appid;
  /** UTC milliseconds. */
  readonly paidAtMs: number;
}

/** A refund notice to be made up. */
export interface V3TestRefundNotice extends TestNoticeBase {
  readonly outRefundNo: OutRefundNo;
  readonly refundFen: Fen;
  /** UTC milliseconds; also the time of success. */
  readonly refundedAtMs: number;
  /** Default SUCCESS; on the wire CHANGE is ABNORMAL and REFUNDCLOSE is CLOSED. */
  readonly refundStatus?: 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE';
}

/** The request that WeChat Pay would send. */
export interface PrintedV3Notice {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a notice seals, and how it is announced. */
export interface SealedEvent {
  readonly id: string;
  readonly createdAtMs: number;
  readonly eventType: string;
  readonly originalType: string;
  readonly summary: string;
  readonly resource: Readonly<Record<string, JsonValue>>;
}

/**
 * Seals and signs any event in the layout observed from WeChat Pay.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791861
 */
export function printV3Notice(event: SealedEvent, seal: TestNoticeSeal): PrintedV3Notice {
  const { originalType } = event;
  const { ciphertext, nonce, associatedData } = sealText(
    JSON.stringify(event.resource),
    { nonce: seal.resourceNonce, associatedData: originalType },
    seal.apiV3Key,
  );
  const body = JSON.stringify({
    id: event.id,
    create_time: printRfc3339(event.createdAtMs),
    resource_type: 'encrypt-resource',
    event_type: event.eventType,
    summary: event.summary,
    resource: {
      original_type: originalType,
      algorithm: AEAD_ALGORITHM,
      ciphertext,
      associated_data: associatedData,
      nonce,
    },
  });
  const timestamp = printTimestamp(seal.nowMs);
  const message = answerMessage({ timestamp, nonce: seal.nonce, body: Buffer.from(body, 'utf8') });
  const signature = signMessage(message, seal.privateKey);
  const headers = printWechatpayHeaders({ timestamp, nonce: seal.nonce, signature, serial: seal.serial });
  return { headers: { 'content-type': 'application/json', ...headers }, body };
}

const dayOf = (atMs: number): string => printRfc3339(atMs).slice(0, 10).replaceAll('-', '');

/** The members of a payment's resource in the order of captured notices. */
function paymentResource({ mchid, appid, outTradeNo, totalFen, paidAtMs, members }: V3TestPayNotice) {
  return {
    mchid,
    appid,
    out_trade_no: outTradeNo,
    transaction_id: `4200000001${dayOf(paidAtMs)}0000000001`,
    trade_type: 'JSAPI',
    trade_state: 'SUCCESS',
    trade_state_desc: '支付成功',
    bank_type: 'OTHERS',
    attach: '',
    success_time: printRfc3339(paidAtMs),
    payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
    amount: { total: totalFen, payer_total: totalFen, currency: 'CNY', payer_currency: 'CNY' },
    ...members,
  };
}

/**
 * Makes a pay notice that verifies and opens, so that a receiver can be tested without WeChat Pay, which has no way to
 * send one on demand.
 */
export function printV3TestPayNotice(notice: V3TestPayNotice, seal: TestNoticeSeal): PrintedV3Notice {
  const { paidAtMs } = notice;
  const event: SealedEvent = {
    id: `test-${notice.outTradeNo}`,
    createdAtMs: paidAtMs,
    eventType: 'TRANSACTION.SUCCESS',
    originalType: 'transaction',
    summary: '支付成功',
    resource: paymentResource(notice),
  };
  return printV3Notice(event, seal);
}

const ENDS = {
  SUCCESS: { wire: 'SUCCESS', summary: '退款成功' },
  CHANGE: { wire: 'ABNORMAL', summary: '退款异常' },
  REFUNDCLOSE: { wire: 'CLOSED', summary: '退款关闭' },
} as const;

/** Makes a refund notice that verifies and opens. */
export function printV3TestRefundNotice(notice: V3TestRefundNotice, seal: TestNoticeSeal): PrintedV3Notice {
  const { mchid, outTradeNo, totalFen, outRefundNo, refundFen, refundedAtMs, refundStatus = 'SUCCESS' } = notice;
  const { wire, summary } = ENDS[refundStatus];
  const resource = {
    mchid,
    out_trade_no: outTradeNo,
    transaction_id: `4200000001${dayOf(refundedAtMs)}0000000001`,
    out_refund_no: outRefundNo,
    refund_id: `5030000001${dayOf(refundedAtMs)}00000000001`,
    refund_status: wire,
    ...(refundStatus === 'SUCCESS' ? { success_time: printRfc3339(refundedAtMs) } : {}),
    amount: { total: totalFen, refund: refundFen, payer_total: totalFen, payer_refund: refundFen },
    user_received_account: '支付用户零钱',
    ...notice.members,
  };
  const eventType = `REFUND.${wire}`;
  const id = `test-${outRefundNo}`;
  return printV3Notice({ id, createdAtMs: refundedAtMs, eventType, originalType: 'refund', summary, resource }, seal);
}
