import type { CodeTable } from './code-row.ts';

/**
 * Codes that any operation may answer with. An operation's own table is built from these and its own rows.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_2
 */
export const EVERYWHERE = {
  SYSTEMERROR: {
    outcome: 'unknown',
    repeat: 'at-once',
    meaning: 'WeChat Pay had a problem or a timeout; what happened to the call is not known',
    remedy: 'send the same request again under the same number',
  },
  SIGNERROR: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the signature is wrong',
    remedy:
      'compare the API key with the merchant console (API security), and the string that was signed with the fields that were sent',
  },
  XML_FORMAT_ERROR: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the request is no well-formed XML',
    remedy: 'send flat XML in UTF-8 with the root element xml',
  },
  REQUIRE_POST_METHOD: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the request was not a POST',
    remedy: 'use POST',
  },
  POST_DATA_EMPTY: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the request has no body',
    remedy: 'send the XML as body',
  },
  NOT_UTF8: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the request is not UTF-8',
    remedy: 'encode the request as UTF-8',
  },
  LACK_PARAMS: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'a required parameter is missing',
    remedy: 'add the parameter that the description names',
  },
  PARAM_ERROR: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'a parameter is wrong',
    remedy: 'correct the parameter that the description names',
  },
  APPID_NOT_EXIST: { outcome: 'rejected', repeat: 'never', meaning: 'the appid is unknown', remedy: 'check the appid' },
  MCHID_NOT_EXIST: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the mch_id is unknown',
    remedy: 'check the mch_id',
  },
  APPID_MCHID_NOT_MATCH: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the appid is not bound to the mch_id',
    remedy: 'bind the appid to the merchant in the merchant console',
  },
  NOAUTH: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the merchant has no permission for this operation',
    remedy: 'open the product in the merchant console (product centre)',
  },
  FREQUENCY_LIMITED: {
    outcome: 'rejected',
    repeat: 'later',
    meaning: 'too many calls; this one was not accepted',
    remedy: 'send the same request again, more slowly',
  },
} as const satisfies CodeTable;
