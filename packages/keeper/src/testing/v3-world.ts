import { type Merchant, parseV3Merchant, type V3Merchant } from '@orderkeeper/client';
import { createSeededRandom } from '@orderkeeper/ports';
import { createCredentials, type KeyMode } from '@orderkeeper/simulator';
import type { KeeperMerchant } from '../keeper-merchant.ts';
import {
  ACCOUNT,
  createKeeperWorld,
  given,
  type KeeperWorld,
  MERCHANT,
  NOTIFY_URL,
  START_MS,
  type WorldChanges,
} from './keeper-world.ts';

/** Made once for each file of tests: RSA keys take their time. */
export const { certificates: CERTIFICATES } = await createCredentials({
  random: createSeededRandom(7),
  nowMs: START_MS,
  account: ACCOUNT,
});

const { merchant, publicKey } = CERTIFICATES;

const v3MerchantOf = (publicKeys: readonly { readonly id: string; readonly pem: string }[]): V3Merchant =>
  given(
    parseV3Merchant({
      appid: ACCOUNT.appid,
      mchid: ACCOUNT.mchid,
      privateKeyPem: merchant.privateKeyPem,
      certificatePem: merchant.certificatePem,
      apiV3Key: ACCOUNT.v3Key,
      publicKeys,
    }),
  );

/** The merchant of the classic API, with the certificate that these worlds know. */
export const V2_MERCHANT: Merchant = { ...MERCHANT, identity: { certificatePem: merchant.certificatePem } };

/** The merchant of APIv3 that knows no key of WeChat Pay and fetches its certificates. */
export const V3_MERCHANT: V3Merchant = v3MerchantOf([]);

/** The same with the public key of WeChat Pay. */
export const V3_MERCHANT_WITH_KEY: V3Merchant = v3MerchantOf([{ id: publicKey.id, pem: publicKey.publicKeyPem }]);

/** What a merchant must know in each mode of WeChat Pay; one that changes over knows both. */
export const MERCHANT_IN: Readonly<Record<KeyMode, V3Merchant>> = {
  certificate: V3_MERCHANT,
  'public-key': V3_MERCHANT_WITH_KEY,
  switching: V3_MERCHANT_WITH_KEY,
};

export const KEY_MODES = ['certificate', 'public-key', 'switching'] as const satisfies readonly KeyMode[];

/** A virtual clock does not wait for another thread. */
const SAME_EACH_TIME = { signing: 'on-this-thread' } as const;

/** The merchant with APIv3 alone, and with both protocols. */
export const keptV3 = (mode: KeyMode = 'certificate'): KeeperMerchant => ({
  speaks: { v3: MERCHANT_IN[mode] },
  notifyUrl: NOTIFY_URL,
  v3Settings: SAME_EACH_TIME,
});
export const keptBoth = (mode: KeyMode = 'certificate'): KeeperMerchant => ({
  speaks: { v2: V2_MERCHANT, v3: MERCHANT_IN[mode] },
  notifyUrl: NOTIFY_URL,
  v3Settings: SAME_EACH_TIME,
});

/** A world with APIv3, whose merchant speaks nothing else. */
export const createV3World = (changes: WorldChanges = {}): KeeperWorld =>
  createKeeperWorld({ certificates: CERTIFICATES, merchants: [keptV3(changes.keyMode)], ...changes });
