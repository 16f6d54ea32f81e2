import { MICROPAY_CODES } from '../codes/micropay.ts';
import { oneOf, optional, text } from '../field-kinds.ts';
import { printFields, type SentTable } from '../field-table.ts';
import type { Operation } from '../operation.ts';
import { ORDER_CONTENT, type OrderContent } from '../order-content.ts';
import { type Payment, readPayment } from '../payment.ts';
import { sceneInfo, type StoreScene } from '../scene-info.ts';

/** Charges the code that the payer shows. A new code needs a new `outTradeNo`. */
export interface MicropayRequest extends OrderContent {
  /** 18 digits that begin with 10 to 15; good for one use and about a minute. */
  readonly authCode: string;
  readonly sceneInfo?: { readonly store: StoreScene };
  /** Pays a deposit (押金). */
  readonly deposit?: 'Y';
}

/** The payment, when it succeeded at once. */
export type MicropayAnswer = Payment;

const REQUEST: SentTable<MicropayRequest> = {
  ...ORDER_CONTENT,
  authCode: text(128)('auth_code'),
  sceneInfo: optional(sceneInfo)('scene_info'),
  deposit: optional(oneOf('Y'))('deposit'),
};

/**
 * 付款码支付: the answer is the payment, a certain failure, or unknown (USERPAYING, a timeout). After an unknown
 * outcome it is queried and never submitted again; there is no pay notice for it.
 * @see https://pay.weixin.qq.com/wiki/doc/api/micropay.php?chapter=9_10
 */
export const micropay: Operation<MicropayRequest, MicropayAnswer> = {
  name: 'micropay',
  path: '/pay/micropay',
  clientCertificate: 'not-needed',
  answer: 'signed',
  signType: 'merchant',
  sender: 'appid-and-mchid',
  effect: 'changes',
  afterUnknown: 'query',
  codes: MICROPAY_CODES,
  printRequest: (request) => printFields(REQUEST, request),
  readAnswer: readPayment,
};
