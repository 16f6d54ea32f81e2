import { createPublicKey } from 'node:crypto';
import { parseApiKey, parseApiV3Key } from '@orderkeeper/protocol';
import type { SimMerchant } from '../world.ts';
import type { MerchantAccount } from './account.ts';
import type { CertifiedKey } from './certificates.ts';

/**
 * An account as the platform knows it; with its API certificate it can use APIv3 as well. Throws when a key is none: the
 * maker of the account has checked them.
 */
export function merchantOfAccount(
  { mchid, appid, appSecret, v2Key, v3Key }: MerchantAccount,
  certificate?: Pick<CertifiedKey, 'serial' | 'publicKeyPem'>,
): SimMerchant {
  const apiKey = parseApiKey(v2Key);
  if (!apiKey.ok) throw new Error(apiKey.message);
  const merchant: SimMerchant = {
    mchid,
    role: 'ordinary',
    appids: new Map([[appid, { secret: appSecret }]]),
    apiKey: apiKey.value,
  };
  if (certificate === undefined) return merchant;
  const apiV3Key = parseApiV3Key(v3Key);
  if (!apiV3Key.ok) throw new Error(apiV3Key.message);
  const certificates = new Map([[certificate.serial, createPublicKey(certificate.publicKeyPem)]]);
  return { ...merchant, v3: { apiV3Key: apiV3Key.value, certificates } };
}
