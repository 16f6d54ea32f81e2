import type { RefundStatus } from '@orderkeeper/protocol';
import type { RefundReport } from '../core/observation.ts';

/** WeChat Pay's word for a refund in ours; the words of APIv3 are read as those of the classic API. */
export const REFUND_STATE_OF: Readonly<Record<RefundStatus, RefundReport['state']>> = {
  PROCESSING: 'processing',
  SUCCESS: 'succeeded',
  REFUNDCLOSE: 'closed',
  CHANGE: 'abnormal',
};
