import { hash } from 'node:crypto';
import { type ApiKey, parseApiKey } from '@orderkeeper/protocol';
import type { SimMerchant } from '../world.ts';

/** The key that getsignkey hands out: 32 hex digits, the same for a merchant every time. */
export function sandboxKeyOf(merchant: SimMerchant): ApiKey {
  const key = parseApiKey(hash('md5', `sandbox ${merchant.mchid} ${merchant.apiKey.reveal()}`, 'hex'));
  if (!key.ok) throw new Error('an MD5 in hex has 32 characters');
  return key.value;
}
