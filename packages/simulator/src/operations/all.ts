import { authcodetoopenid } from './authcodetoopenid.ts';
import { closeorder } from './closeorder.ts';
import { downloadbill } from './downloadbill.ts';
import { downloadfundflow } from './downloadfundflow.ts';
import { getsignkey, getsignkeyNew } from './getsignkey.ts';
import { micropay } from './micropay.ts';
import type { SimOperation } from './operation.ts';
import { orderquery } from './orderquery.ts';
import { refund, refundv2 } from './refund.ts';
import { refundquery, refundqueryv2 } from './refundquery.ts';
import { report } from './report.ts';
import { reverse } from './reverse.ts';
import { NEW_SANDBOX } from './sandbox/new.ts';
import { OLD_SANDBOX } from './sandbox/old.ts';
import { shorturl } from './shorturl.ts';
import { unifiedorder } from './unifiedorder.ts';

/** Every operation of the gateway; one path each. */
export const OPERATIONS: readonly SimOperation[] = [
  unifiedorder,
  orderquery,
  closeorder,
  micropay,
  reverse,
  refund,
  refundv2,
  refundquery,
  refundqueryv2,
  downloadbill,
  downloadfundflow,
  authcodetoopenid,
  shorturl,
  report,
  getsignkey,
  getsignkeyNew,
  ...OLD_SANDBOX,
  ...NEW_SANDBOX,
];
