import type { OutTradeNo } from '@orderkeeper/protocol';
import type { Merchant } from '../merchant.ts';
import type { V2CallOptions } from './send.ts';

/** One order of one (sub-)merchant; numbers of different sub-merchants may be equal. */
export function placementKey(merchant: Merchant, outTradeNo: OutTradeNo, { subMerchant }: V2CallOptions): string {
  return `${subMerchant?.subMchid ?? merchant.subMchid ?? ''} ${outTradeNo}`;
}
