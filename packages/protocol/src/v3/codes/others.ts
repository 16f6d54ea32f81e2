import type { V3CodeTable } from './code-row.ts';
import { CLOSE_CODES, PLACE_CODES, QUERY_CODES } from './payments.ts';
import { V3_EVERYWHERE } from './rows.ts';

/**
 * What asking for a bill fails with.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071227
 */
export const BILL_V3_CODES = {
  ...V3_EVERYWHERE,
  NO_STATEMENT_EXIST: {
    status: 400,
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'there is no bill: nothing happened that day',
    remedy: 'after 10:00 Beijing time of the next day take it as an empty day; before, ask again after 10:00',
  },
  STATEMENT_CREATING: {
    status: 400,
    outcome: 'rejected',
    repeat: 'later',
    meaning: 'the bill is being made',
    remedy: 'ask again after 10:00 Beijing time of the next day, then every 30 minutes',
  },
  FREQUENCY_LIMITED: {
    ...V3_EVERYWHERE.FREQUENCY_LIMITED,
    remedy: 'ask for one day at most once a minute; wait 1, 3, then 10 minutes',
  },
} as const satisfies V3CodeTable;

/**
 * What fetching the file of a bill fails with.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071238
 */
export const BILLDOWNLOAD_CODES = {
  ...V3_EVERYWHERE,
  INVALID_REQUEST: {
    ...V3_EVERYWHERE.INVALID_REQUEST,
    meaning: 'the address of the bill is wrong or older than five minutes',
    remedy: 'ask for the bill again and fetch it from the new address',
  },
  NO_AUTH: {
    ...V3_EVERYWHERE.NO_AUTH,
    meaning: 'the bill was asked for by another merchant',
    remedy: 'fetch the file with the merchant that asked for the bill',
  },
} as const satisfies V3CodeTable;

/**
 * What fetching the platform certificates fails with.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012069411
 */
export const CERTIFICATES_CODES = {
  ...V3_EVERYWHERE,
  RESOURCE_NOT_EXISTS: {
    status: 404,
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'this merchant has no platform certificates, as all that were opened since late 2024',
    remedy:
      'download the public key from the merchant console (account centre, API security 账户中心 - API安全, 微信支付公钥) and configure it with its id',
  },
  NOT_ENOUGH: {
    status: 403,
    outcome: 'rejected',
    repeat: 'never',
    meaning: 'the platform certificate is expired',
    remedy: 'apply for the public key in the merchant console (account centre, API security)',
  },
} as const satisfies V3CodeTable;

/**
 * What placing a combined order fails with; its pages spell the codes without underscores.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012556926
 */
export const COMBINE_PLACE_CODES = PLACE_CODES;

/**
 * What the query of a combined order fails with.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013421222
 */
export const COMBINE_QUERY_CODES = QUERY_CODES;

/**
 * What closing a combined order fails with.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013421225
 */
export const COMBINE_CLOSE_CODES = {
  ...CLOSE_CODES,
  INVALID_REQUEST: {
    ...CLOSE_CODES.INVALID_REQUEST,
    remedy: 'name exactly the sub-orders of the combined order; otherwise read the description and query the order',
  },
} as const satisfies V3CodeTable;
