/** One question on which WeChat Pay's pages and its observed behaviour differ, or on which neither speaks. */
export interface SwitchRow {
  /** Every possible setting; the first is the default. */
  readonly choices: readonly [string, ...string[]];
  /** What it decides, for people. */
  readonly about: string;
}

/** Everything that can be switched. Defaults are the observed behaviour. */
export const SWITCHES = {
  earlyClose: {
    choices: ['allowed', 'INVALID_REQUEST', 'TRADE_STATE_ERROR'],
    about: 'closeorder under five minutes after placing: done, or refused with this code',
  },
  closeUnknown: { choices: ['SUCCESS', 'ORDERNOTEXIST'], about: 'closeorder for a number that was never placed' },
  closeClosed: { choices: ['SUCCESS', 'ORDERCLOSED'], about: 'closeorder for an order that is closed already' },
  closeWhilePaying: {
    choices: ['FREQUENCY_LIMITED', 'SUCCESS'],
    about: 'closeorder while the payer is at the cashier: refused, or the order is closed under their hands',
  },
  closeResultMsg: {
    choices: ['absent', 'OK'],
    about: 'whether a closeorder success carries the documented result_msg',
  },
  repeatedOrder: {
    choices: ['INVALID_REQUEST', 'OUT_TRADE_NO_USED'],
    about: 'unifiedorder for a used number with other content: code of today, or of before 2017',
  },
  comparedFields: {
    choices: ['key-fields', 'all-fields'],
    about:
      'which fields must equal the first request: body, total_fee, trade_type, time_expire and sub_mch_id, or all content',
  },
  conditionalFields: {
    choices: ['lenient', 'required'],
    about: 'unifiedorder without product_id (NATIVE) or scene_info (MWEB): placed, or refused',
  },
  closedReuse: {
    choices: ['ORDERCLOSED', 'INVALID_REQUEST'],
    about: 'unifiedorder or micropay for a number that the merchant closed',
  },
  agedReuse: {
    choices: ['INVALID_REQUEST', 'ORDERCLOSED'],
    about: 'unifiedorder for a number that was closed by age',
  },
  revokedReuse: {
    choices: ['ORDERREVERSED', 'INVALID_REQUEST'],
    about: 'micropay for a number that was reversed',
  },
  earlyReverse: {
    choices: ['allowed', 'INVALID_REQUEST'],
    about: 'reverse under fifteen seconds after micropay: done, or refused while the payer is still paying',
  },
  reverseRecall: {
    choices: ['N', 'Y-first'],
    about: 'recall of reverse: N at once, or Y the first time, with nothing done yet',
  },
  reverseUnknown: {
    choices: ['ORDERNOTEXIST', 'INVALID_REQUEST'],
    about: 'reverse for a number that was never placed',
  },
  reverseWrongScene: { choices: ['INVALID_REQUEST', 'NOT_ALLOW'], about: 'reverse of an order that is no micropay' },
  micropayTimeout: {
    choices: ['payerror', 'revoked', 'never'],
    about: 'USERPAYING without a password: PAYERROR after 30 s, REVOKED by the platform after 45 s, or it stays',
  },
  notpayFields: {
    choices: ['with-total', 'bare'],
    about: 'orderquery NOTPAY with total_fee and an empty device_info (since 2019), or without',
  },
  answerOrder: {
    choices: ['new', 'old'],
    about: 'element order of answers: since 2022 without line breaks, or before with sign after nonce_str',
  },
  signErrorText: { choices: ['new', 'old'], about: '签名错误，请检查后再试 (since 2024), or 签名错误' },
  unknownField: {
    choices: ['some-answers', 'none'],
    about: 'an unknown signed field in orderquery answers and pay notices',
  },
  refundTooLarge: { choices: ['ERROR', 'INVALID_REQUEST'], about: 'a refund above what is left of the order' },
  refundInterval: { choices: ['free', 'FREQUENCY_LIMITED'], about: 'two refunds of one order under one minute apart' },
  refundUnknown: {
    choices: ['ORDERNOTEXIST', 'INVALID_TRANSACTIONID'],
    about: 'refund with a transaction_id that does not exist',
  },
  wrongCertificate: {
    choices: ['unsigned', 'CERT_ERROR'],
    about: "another merchant's client certificate: 证书验证失败 without a sign, or the documented code",
  },
  signKeyMchid: { choices: ['absent', 'present'], about: 'whether getsignkey answers carry the documented mch_id' },
  fundFlowFailure: {
    choices: ['with-code', 'bare'],
    about:
      'downloadfundflow failures with result_code and err_code as documented, or Param Error alone as once observed',
  },
  refundQueryFee: { choices: ['sum', 'first'], about: 'top-level refund_fee of refundquery with several refunds' },
  signTypeInNotice: { choices: ['absent', 'present'], about: 'whether pay notices carry sign_type for MD5 as well' },
  concurrentNotices: {
    choices: ['once', 'doubled'],
    about: 'a notice not answered within a second is sent again beside the first',
  },
  noticeLadder: { choices: ['new', 'old'], about: 'fifteen retries within 24 h, or the nine before 2020' },
  v3CodeSpelling: {
    choices: ['underscored', 'old'],
    about: 'APIv3: ORDER_NOT_EXIST as the pages of today write it, or ORDERNOTEXIST as those before 2023',
  },
  v3CombineSpelling: {
    choices: ['old', 'as-others'],
    about:
      'APIv3: codes of combined orders: NOAUTH and ORDERNOTEXIST as their pages still write them, or as v3CodeSpelling says',
  },
  v3CombineCloseClosed: {
    choices: ['204', 'ORDER_CLOSED'],
    about: 'APIv3: closing a combined order that is closed already',
  },
  v3AssociatedData: {
    choices: ['named', 'empty', 'absent'],
    about: 'APIv3: associated_data of notices: transaction or refund as seen, or empty, or left out',
  },
  v3RateCode: {
    choices: ['FREQUENCY_LIMITED', 'RATELIMIT_EXCEEDED'],
    about: 'APIv3: the code of 429',
  },
  v3Paid: {
    choices: ['ORDER_PAID', 'ORDERPAID', 'INVALID_REQUEST'],
    about: 'APIv3: placing or closing an order that is paid',
  },
  v3PaidStatus: {
    choices: ['400', '403'],
    about: 'APIv3: the status beside v3Paid',
  },
  v3RepeatedOrder: {
    choices: ['OUT_TRADE_NO_USED', 'INVALID_REQUEST'],
    about: 'APIv3: a used number with other content',
  },
  v3ComparedMembers: {
    choices: ['all', 'key-members'],
    about:
      'APIv3: which members must equal the first request: all of them, or description, amount.total and time_expire',
  },
  v3ClosedReuse: {
    choices: ['ORDER_CLOSED', 'OUT_TRADE_NO_USED'],
    about: 'APIv3: placing under the number of a closed order',
  },
  v3CloseUnknown: {
    choices: ['204', 'ORDER_NOT_EXIST'],
    about: 'APIv3: closing a number that was never placed',
  },
  v3CloseWhilePaying: {
    choices: ['204', 'FREQUENCY_LIMITED', 'USERPAYING'],
    about:
      'APIv3: closing while the payer is at the cashier: closed under their hands, 429, or 202 as pages before 2023 had it',
  },
  v3EarlyClose: {
    choices: ['allowed', 'INVALID_REQUEST'],
    about: 'APIv3: closing under five minutes after placing',
  },
  v3ExpiryCap: {
    choices: ['15-days', '7-days'],
    about: 'APIv3: where a later time_expire is moved to',
  },
  v3UnknownMember: {
    choices: ['PARAM_ERROR', 'ignored'],
    about: 'APIv3: members of a request that nobody knows',
  },
  v3DescriptionLength: {
    choices: ['characters', 'bytes'],
    about: 'APIv3: in what the 127 of description are counted',
  },
  v3AbsentMembers: {
    choices: ['observed', 'documented'],
    about: 'APIv3: members without content as "" and [], or left out',
  },
  v3UnknownPath: {
    choices: ['501', '404'],
    about: 'APIv3: a path this simulator does not know: a sentence that says so, or the empty 404 of WeChat Pay',
  },
  v3NonceReplay: {
    choices: ['accepted', 'SIGN_ERROR'],
    about: 'APIv3: a nonce that was used before',
  },
  v3ErrorSigning: {
    choices: ['signed', 'unsigned'],
    about: 'APIv3: errors after authentication',
  },
  v3RefundNumberMin: {
    choices: ['none', '6'],
    about: 'APIv3: the least length of out_refund_no',
  },
  v3RefundInterval: {
    choices: ['free', 'FREQUENCY_LIMITED'],
    about: 'APIv3: two refunds of one order under one minute apart',
  },
  v3BillBeforeNine: {
    choices: ['NO_STATEMENT_EXIST', 'STATEMENT_CREATING'],
    about: 'APIv3: a bill asked for before nine of the next day',
  },
  v3BillMarks: {
    choices: ['bom-crlf', 'bare'],
    about: 'APIv3: bills with a byte order mark and CRLF, or with neither',
  },
  v3BillPath: {
    choices: ['billdownload', 'downloadurl'],
    about: 'APIv3: /v3/billdownload/file or /v3/bill/downloadurl',
  },
  v3BillHash: {
    choices: ['of-text', 'of-gzip'],
    about: 'APIv3: what hash_value is of when GZIP was asked for',
  },
  v3CertificateRotation: {
    choices: ['by-date', 'by-hand'],
    about:
      'APIv3: platform certificates: a new one 180 days before the old one ends, signing moves over in the last 90 days; or only as ordered',
  },
  v3Codepay: {
    choices: ['served', '404'],
    about: 'APIv3: payment code and reverse, which not every page knows',
  },
  v3NoticeId: {
    choices: ['kept', 'fresh'],
    about: 'APIv3: the id of a notice that is sent again',
  },
  v3Reply201: {
    choices: ['refused', 'accepted'],
    about: 'APIv3: a merchant answers a notice with another 2xx than 200 and 204',
  },
} as const satisfies Readonly<Record<string, SwitchRow>>;

/** The name of a switch. */
export type SwitchName = keyof typeof SWITCHES;

/** The present setting of every switch; changed in place by the control API. */
export type Switches = { [Name in SwitchName]: (typeof SWITCHES)[Name]['choices'][number] };

/** A world as observed. */
export function defaultSwitches(): Switches {
  return {
    earlyClose: 'allowed',
    closeUnknown: 'SUCCESS',
    closeClosed: 'SUCCESS',
    closeWhilePaying: 'FREQUENCY_LIMITED',
    closeResultMsg: 'absent',
    repeatedOrder: 'INVALID_REQUEST',
    comparedFields: 'key-fields',
    conditionalFields: 'lenient',
    closedReuse: 'ORDERCLOSED',
    agedReuse: 'INVALID_REQUEST',
    revokedReuse: 'ORDERREVERSED',
    earlyReverse: 'allowed',
    reverseRecall: 'N',
    reverseUnknown: 'ORDERNOTEXIST',
    reverseWrongScene: 'INVALID_REQUEST',
    micropayTimeout: 'payerror',
    notpayFields: 'with-total',
    answerOrder: 'new',
    signErrorText: 'new',
    unknownField: 'some-answers',
    refundTooLarge: 'ERROR',
    refundInterval: 'free',
    refundUnknown: 'ORDERNOTEXIST',
    wrongCertificate: 'unsigned',
    signKeyMchid: 'absent',
    fundFlowFailure: 'with-code',
    refundQueryFee: 'sum',
    signTypeInNotice: 'absent',
    concurrentNotices: 'once',
    noticeLadder: 'new',
    v3CodeSpelling: 'underscored',
    v3CombineSpelling: 'old',
    v3CombineCloseClosed: '204',
    v3AssociatedData: 'named',
    v3RateCode: 'FREQUENCY_LIMITED',
    v3Paid: 'ORDER_PAID',
    v3PaidStatus: '400',
    v3RepeatedOrder: 'OUT_TRADE_NO_USED',
    v3ComparedMembers: 'all',
    v3ClosedReuse: 'ORDER_CLOSED',
    v3CloseUnknown: '204',
    v3CloseWhilePaying: '204',
    v3EarlyClose: 'allowed',
    v3ExpiryCap: '15-days',
    v3UnknownMember: 'PARAM_ERROR',
    v3DescriptionLength: 'characters',
    v3AbsentMembers: 'observed',
    v3UnknownPath: '501',
    v3NonceReplay: 'accepted',
    v3ErrorSigning: 'signed',
    v3RefundNumberMin: 'none',
    v3RefundInterval: 'free',
    v3BillBeforeNine: 'NO_STATEMENT_EXIST',
    v3BillMarks: 'bom-crlf',
    v3BillPath: 'billdownload',
    v3BillHash: 'of-text',
    v3CertificateRotation: 'by-date',
    v3Codepay: 'served',
    v3NoticeId: 'kept',
    v3Reply201: 'refused',
  };
}

/** The documented behaviour, wherever the pages say something else than what is observed. */
export const DOCUMENTED: Partial<Switches> = {
  earlyClose: 'INVALID_REQUEST',
  closeUnknown: 'ORDERNOTEXIST',
  closeClosed: 'ORDERCLOSED',
  closeWhilePaying: 'SUCCESS',
  closeResultMsg: 'OK',
  comparedFields: 'all-fields',
  conditionalFields: 'required',
  agedReuse: 'ORDERCLOSED',
  earlyReverse: 'INVALID_REQUEST',
  micropayTimeout: 'revoked',
  notpayFields: 'bare',
  unknownField: 'none',
  refundInterval: 'FREQUENCY_LIMITED',
  wrongCertificate: 'CERT_ERROR',
  signKeyMchid: 'present',
  v3UnknownPath: '404',
  v3AbsentMembers: 'documented',
  v3RefundInterval: 'FREQUENCY_LIMITED',
};

/** Everything that can be set to a number or to nothing; changed in place by the control API. */
export interface Settings {
  /** How long a refund stays PROCESSING. */
  refundDelayMs: number;
  /** How a refund ends when nobody says otherwise. */
  refundEnd: 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE';
  /** Calls per second and merchant on one operation before 频率限制; 0 is no limit. */
  callsPerSecondMax: number;
  /** How long after a scan a close is refused because the payer is paying. */
  cashierBusyMs: number;
  /** What the merchant's account can pay for refunds, in fen; negative is any amount. */
  refundableFen: number;
  /** Factor on the delays between the tries to deliver a notice: 0.001 makes seconds of hours. */
  noticeTimeScale: number;
  /** APIv3: how often a merchant that changes over gets a notice signed with the public key, 0 to 1. */
  publicKeyNoticeShare: number;
  /** APIv3: how often the newest of several platform certificates signs, 0 to 1. */
  newCertificateShare: number;
}

/** Settings of a patient world. */
export const defaultSettings = (): Settings => ({
  refundDelayMs: 3000,
  refundEnd: 'SUCCESS',
  callsPerSecondMax: 0,
  cashierBusyMs: 60_000,
  refundableFen: -1,
  noticeTimeScale: 1,
  publicKeyNoticeShare: 0.5,
  newCertificateShare: 0,
});
