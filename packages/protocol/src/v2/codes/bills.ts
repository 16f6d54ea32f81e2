import type { CodeTable } from './code-row.ts';
import { EVERYWHERE } from './everywhere.ts';

const BILL_CODES = {
  ...EVERYWHERE,
  NO_BILL_EXIST: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'there is no bill: nothing was paid that day, or it is not made yet',
    remedy: 'before 10:00 Beijing time of the next day ask again after 10:00; afterwards take it as an empty day',
  },
  BILL_CREATING: {
    outcome: 'rejected',
    repeat: 'later',
    meaning: 'the bill is being made',
    remedy: 'ask again after 10:00 Beijing time',
  },
} as const satisfies CodeTable;

const SYSTEM_ERROR = EVERYWHERE.SYSTEMERROR;

/**
 * What downloadbill fails with. It answers with a number (`error_code`) and an English text; the text is more exact,
 * the number counts where the text is not known.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_6
 */
export const DOWNLOADBILL_CODES = {
  ...BILL_CODES,
  20001: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'a parameter is wrong',
    remedy: 'correct the parameter that the description names',
  },
  20002: BILL_CODES.NO_BILL_EXIST,
  20003: SYSTEM_ERROR,
  20007: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the permission to fetch bills was closed for this merchant',
    remedy: 'ask the support of WeChat Pay to open it again',
  },
  20100: SYSTEM_ERROR,
  100: SYSTEM_ERROR,
} as const satisfies CodeTable;

/**
 * What downloadfundflow fails with.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_18
 */
export const DOWNLOADFUNDFLOW_CODES = {
  ...BILL_CODES,
  CERT_ERROR: {
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the client certificate was not accepted',
    remedy: 'use the API certificate of this merchant (apiclient_cert.p12)',
  },
} as const satisfies CodeTable;
