import { parseApiKey } from '@orderkeeper/protocol';
import type { SimMerchant } from '../world.ts';
import type { MerchantAccount } from './account.ts';

/** An account as the platform knows it. Throws when the v2 key is not one: the maker of the account has checked it. */
export function merchantOfAccount({ mchid, appid, appSecret, v2Key }: MerchantAccount): SimMerchant {
  const apiKey = parseApiKey(v2Key);
  if (!apiKey.ok) throw new Error(apiKey.message);
  return { mchid, role: 'ordinary', appids: new Map([[appid, { secret: appSecret }]]), apiKey: apiKey.value };
}
