/** Codes of the client itself: it refused before anything was sent. */
export type LocalCode =
  | 'FIELD_MISSING'
  | 'FIELD_INVALID'
  | 'CLIENT_CERTIFICATE_MISSING'
  | 'APP_SECRET_MISSING'
  | 'WECHATPAY_KEYS_MISSING'
  | 'CLOSE_TOO_EARLY'
  | 'NO_TIME_LEFT'
  | 'ABORTED_BEFORE_SENDING';

/** What each means and what to do. */
export const LOCAL_CODES: Readonly<Record<LocalCode, { readonly meaning: string; readonly remedy: string }>> = {
  FIELD_MISSING: {
    meaning: 'the request lacks a field; nothing was sent',
    remedy: 'give the field that the message names',
  },
  FIELD_INVALID: {
    meaning: 'a field of the request cannot be sent as it is; nothing was sent',
    remedy: 'correct the field that the message names',
  },
  CLIENT_CERTIFICATE_MISSING: {
    meaning: 'the operation needs the merchant certificate, and the merchant has none; nothing was sent',
    remedy:
      "download apiclient_cert.p12 in the merchant console (API security, API certificate) and pass it through loadTlsIdentity as the merchant's identity",
  },
  APP_SECRET_MISSING: {
    meaning: 'the operation needs the AppSecret, and the merchant has none; nothing was sent',
    remedy: 'give the merchant its appSecret, from the console of the official account or mini program',
  },
  WECHATPAY_KEYS_MISSING: {
    meaning:
      'there is no key of WeChat Pay to verify its answers with, and fetching certificates cannot help; nothing was sent',
    remedy: 'do what the message says: most merchants have to configure the public key of WeChat Pay',
  },
  CLOSE_TOO_EARLY: {
    meaning: 'an order can be closed five minutes after it was placed, not before; nothing was sent',
    remedy: 'close it again from possibleFromMs on; until then query it, the payer may still be paying',
  },
  NO_TIME_LEFT: {
    meaning: 'the deadline of the call left no time to send anything',
    remedy: 'give the call a deadline above 0 milliseconds',
  },
  ABORTED_BEFORE_SENDING: {
    meaning: 'the call was aborted before anything was sent',
    remedy: 'nothing has happened at WeChat Pay; call again if it is still wanted',
  },
};
