/** What the number at the end of a `Request-ID` says about a failure, finer than its code. */
export interface SubCode {
  readonly subCode: string;
  /** The code that it probably comes with; the pages do not say. */
  readonly likelyCode: string;
  readonly meaning: string;
}

const SUB_CODES: Readonly<Record<string, readonly [likelyCode: string, meaning: string]>> = {
  268512771: ['ORDER_NOT_EXIST', 'the order does not exist'],
  268447840: ['FREQUENCY_LIMITED', 'too many calls'],
  268435461: ['PARAM_ERROR', 'a parameter is illegal'],
  268435462: ['PARAM_ERROR', 'a parameter is too long'],
  268435463: ['PARAM_ERROR', 'a parameter is too short'],
  268435464: ['PARAM_ERROR', 'a parameter is out of its range'],
  268449538: ['ORDER_PAID', 'the order is paid already'],
  268498689: ['ORDER_PAID', 'the order is paid already'],
  268498688: ['OUT_TRADE_NO_USED', 'the same order number was sent again with other parameters'],
  268447914: ['ORDER_CLOSED', 'the order is no longer valid: closed, or its prepay session ran out; use a new number'],
  268449641: ['TRADE_ERROR', 'an order paid by code cannot be closed, only reversed'],
  268445527: ['APPID_MCHID_NOT_MATCH', 'the appid and the mchid are not bound to each other'],
  268501013: ['PARAM_ERROR', 'a JSAPI or mini program order has no payer.openid'],
  268443699: ['SIGN_ERROR', 'the signature is wrong'],
  268443715: ['MCH_NOT_EXISTS', 'the merchant is cancelled or cannot be used'],
  268448010: ['NO_AUTH', 'this merchant may not collect money at present'],
  268447843: ['INVALID_REQUEST', 'the mchid does not match the order'],
  268447845: ['INVALID_REQUEST', 'the sub_mchid does not match the order'],
  268443704: ['PARAM_ERROR', 'the sub_mchid is missing'],
  268443705: ['PARAM_ERROR', "the sub_mchid is the caller's own mchid"],
  268443701: ['NO_AUTH', 'the service provider and the sub-merchant are not related'],
  270924358: ['PARAM_ERROR', 'the request has parameters that are not known'],
  268558930: ['FREQUENCY_LIMITED', 'too many refunds that failed'],
  268448746: ['FREQUENCY_LIMITED', 'too many refunds of one order'],
  268875782: ['RESOURCE_NOT_EXISTS', 'the refund does not exist'],
  268892180: ['RESOURCE_NOT_EXISTS', 'refund: the order does not exist'],
  268892181: ['INVALID_REQUEST', 'refund: the order is closed'],
  268892182: ['INVALID_REQUEST', 'refund: the order belongs to someone else'],
  268892177: ['INVALID_REQUEST', 'refund: the order is fully refunded'],
  268449311: ['INVALID_REQUEST', 'refund: more than can still be refunded'],
  268892205: ['INVALID_REQUEST', 'refund: more than what is not shared out yet'],
  268892183: ['INVALID_REQUEST', 'refund: the amounts disagree'],
  268892184: ['INVALID_REQUEST', 'refund: the payment is too old'],
  268892195: ['INVALID_REQUEST', 'refund: the refund is in a state that does not allow it'],
  268892709: ['NOT_ENOUGH', 'the balance of the basic account is too low'],
  268892193: ['PARAM_ERROR', 'refund: a sub_mchid is required'],
  268875776: ['PARAM_ERROR', "refund: the merchant's parameters are wrong"],
  269546507: ['SIGN_ERROR', 'the serial of the certificate is wrong'],
  269546505: ['SIGN_ERROR', 'the certificate is expired'],
  269546525: ['SIGN_ERROR', 'the signature is bad'],
  269546538: ['SIGN_ERROR', 'the merchant of the signature is missing'],
  270522881: ['NO_STATEMENT_EXIST', 'bill: there is no file'],
  270522882: ['STATEMENT_CREATING', 'bill: it is being made'],
  270522880: ['INVALID_REQUEST', 'bill: the date is out of range'],
  270522884: ['INVALID_REQUEST', 'bill: the date is not in the right form'],
  268435472: ['FREQUENCY_LIMITED', 'bill: asked for too often'],
  270522890: ['NO_AUTH', 'bill: not the parent of the merchant'],
  270522892: ['INVALID_REQUEST', 'bill: the merchant is invalid'],
  270522893: ['INVALID_REQUEST', 'bill: not for this kind of merchant, such as micro merchants'],
  270522898: ['NO_AUTH', 'bill: no permission'],
  270522900: ['NO_AUTH', 'bill: no permission'],
  270924332: ['SIGN_ERROR', 'the header Authorization cannot be read'],
  270924333: ['SIGN_ERROR', 'the timestamp of the signature is more than five minutes away'],
  270924360: ['SIGN_ERROR', 'the signature does not verify'],
};

const REQUEST_ID = /-([0-9]{1,12})$/;

/**
 * The sub-code of the header `Request-ID`, which ends in `-` and a number; none where it ends in `-0`, as after
 * success, or where the header is missing or of another form. A sub-code that is not documented has no meaning here, but
 * is what WeChat Pay's support asks for.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4020634199
 */
export function subCodeOf(requestId: string | undefined): SubCode | undefined {
  const [, subCode = '0'] = REQUEST_ID.exec(requestId ?? '') ?? [];
  if (Number(subCode) === 0) return undefined;
  const [likelyCode = '', meaning = 'not documented'] = SUB_CODES[subCode] ?? [];
  return { subCode, likelyCode, meaning };
}

/** All documented sub-codes. */
export const LISTED_SUB_CODES: readonly SubCode[] = Object.entries(SUB_CODES).map(
  ([subCode, [likelyCode, meaning]]) => ({ subCode, likelyCode, meaning }),
);
