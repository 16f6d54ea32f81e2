import { allOf, type GatewayCall, type Refusal, type Refusals, refusalsOf } from '../refusal.ts';

const EVERYWHERE: Readonly<Record<string, Refusal>> = {
  ...allOf('refused', 'SIGNERROR', 'XML_FORMAT_ERROR', 'REQUIRE_POST_METHOD', 'POST_DATA_EMPTY', 'NOT_UTF8'),
  ...allOf('refused', 'LACK_PARAMS', 'PARAM_ERROR', 'APPID_NOT_EXIST', 'MCHID_NOT_EXIST', 'APPID_MCHID_NOT_MATCH'),
  ...allOf('refused', 'NOAUTH'),
  FREQUENCY_LIMITED: 'later',
};

/**
 * Something exists under the number: a repeated call meets these when the first one arrived after all, so they are no
 * proof that nothing can be paid.
 */
const NUMBER_KNOWN: Readonly<Record<string, Refusal>> = {
  ORDERPAID: 'order-paid',
  ORDERCLOSED: 'order-closed',
  OUT_TRADE_NO_USED: 'ask',
};

/**
 * What the classic API refuses its calls with.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_1
 */
export const V2_REFUSALS: Readonly<Record<GatewayCall, Refusals>> = {
  place: refusalsOf({
    ...EVERYWHERE,
    ...NUMBER_KNOWN,
    // Also 201 商户订单号重复: the number has other content, which nobody was given anything to pay with.
    ...allOf('refused', 'INVALID_REQUEST', 'NOTENOUGH'),
  }),
  // The payer's code is good for a minute, and a charge is never sent again: every refusal but those of the number is final.
  charge: refusalsOf({
    ...EVERYWHERE,
    ...NUMBER_KNOWN,
    ORDERREVERSED: 'ask',
    ...allOf('refused', 'FREQUENCY_LIMITED', 'INVALID_REQUEST', 'NOTENOUGH', 'AUTHCODEEXPIRE', 'AUTH_CODE_ERROR'),
    ...allOf('refused', 'AUTH_CODE_INVALID', 'NOTSUPORTCARD', 'BUYER_MISMATCH', 'TRADE_ERROR'),
  }),
  query: refusalsOf({ ...EVERYWHERE, ORDERNOTEXIST: 'not-found', INVALID_REQUEST: 'refused' }),
  close: refusalsOf({
    ...EVERYWHERE,
    ORDERPAID: 'order-paid',
    ORDERCLOSED: 'order-closed',
    ORDERNOTEXIST: 'not-found',
    TRADE_STATE_ERROR: 'ask',
  }),
  reverse: refusalsOf({
    ...EVERYWHERE,
    REVERSE_EXPIRE: 'too-old',
    ...allOf('ask', 'INVALID_REQUEST', 'NOT_ALLOW', 'TRADE_ERROR'),
    ...allOf('refused', 'INVALID_TRANSACTIONID', 'CERT_ERROR'),
  }),
  refund: refusalsOf({
    ...EVERYWHERE,
    // Nobody signs it, so it says nothing about the refund; and it lasts as long as our key is wrong.
    SIGNERROR: 'later',
    ...allOf('later', 'INVALID_REQ_TOO_MUCH', 'ORDER_NOT_READY'),
    ...allOf('refused', 'TRADE_OVERDUE', 'ERROR', 'USER_ACCOUNT_ABNORMAL', 'NOTENOUGH', 'INVALID_TRANSACTIONID'),
    ...allOf('refused', 'ORDERNOTEXIST', 'CERT_ERROR', 'REFUND_FEE_MISMATCH', 'INVALID_REQUEST'),
  }),
  'query-refund': refusalsOf({
    ...EVERYWHERE,
    REFUNDNOTEXIST: 'not-found',
    ...allOf('refused', 'INVALID_TRANSACTIONID', 'INVALID_REQUEST'),
  }),
};
