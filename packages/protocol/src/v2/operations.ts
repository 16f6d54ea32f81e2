import type { CodeRow } from './codes/code-row.ts';
import type { OperationName, OperationRow } from './operation.ts';
import { authcodetoopenid } from './operations/authcodetoopenid.ts';
import { closeorder } from './operations/closeorder.ts';
import { downloadbill } from './operations/downloadbill.ts';
import { downloadfundflow } from './operations/downloadfundflow.ts';
import { apiv2getsignkey, getsignkey } from './operations/getsignkey.ts';
import { micropay } from './operations/micropay.ts';
import { orderquery } from './operations/orderquery.ts';
import { refund } from './operations/refund.ts';
import { refundquery } from './operations/refundquery.ts';
import { refundqueryv2 } from './operations/refundqueryv2.ts';
import { refundv2 } from './operations/refundv2.ts';
import { report } from './operations/report.ts';
import { reverse } from './operations/reverse.ts';
import { shorturl } from './operations/shorturl.ts';
import { unifiedorder } from './operations/unifiedorder.ts';

/** All operations by their name. */
export const OPERATIONS: Readonly<Record<OperationName, OperationRow>> = {
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
  apiv2getsignkey,
};

/** One code of one operation, with the names that its table has as keys. */
export interface ListedCode extends CodeRow {
  readonly operation: OperationName;
  readonly code: string;
}

/** Every code of every operation, in the order of {@link OPERATIONS}; the documentation is made from it. */
export const LISTED_CODES: readonly ListedCode[] = Object.values(OPERATIONS).flatMap((operation) =>
  Object.entries(operation.codes).map(([code, row]) => ({ operation: operation.name, code, ...row })),
);
