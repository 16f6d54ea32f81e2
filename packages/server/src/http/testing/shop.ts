import { loadTlsIdentity, type Merchant, parseMerchant } from '@orderkeeper/client';
import { createSeededRandom } from '@orderkeeper/ports';
import { createSecret, parseMchid, type Result } from '@orderkeeper/protocol';
import { createCredentials } from '@orderkeeper/simulator';

/** 2026-11-24 15:00 in Beijing. */
export const START_MS = Date.UTC(2026, 10, 24, 7);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

export const API_KEY = 'key-of-the-shop-0123456789abcdef';
export const OTHER_API_KEY = 'key-of-the-till-0123456789abcdef';

/** The value of a result that must be there. */
export function given<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

export const CREDENTIALS = await createCredentials({ random: createSeededRandom(7), nowMs: START_MS });

const { account, certificates } = CREDENTIALS;
export const MCHID = given(parseMchid(account.mchid));

export const MERCHANT: Merchant = given(
  parseMerchant(
    { appid: account.appid, mchid: account.mchid, apiKey: account.v2Key },
    {
      identity: given(
        loadTlsIdentity(
          {
            certificatePem: certificates.merchant.certificatePem,
            privateKeyPem: certificates.merchant.privateKeyPem,
          },
          { mchid: MCHID, nowMs: START_MS },
        ),
      ),
    },
  ),
);

export const API_KEYS = [
  { name: 'shop', key: createSecret(API_KEY) },
  { name: 'till', key: createSecret(OTHER_API_KEY) },
];
