import { createPublicKey } from 'node:crypto';
import { type Merchant, parseMerchant, parseV3Merchant, type V3Merchant } from '@orderkeeper/client';
import type { KeeperMerchant } from '@orderkeeper/keeper';
import type { Result } from '@orderkeeper/protocol';
import { merchantOfAccount, type SimMerchant } from '@orderkeeper/simulator';
import type { ShopKeys } from '../plan/plan.ts';
import { readKeyFile, WECHAT_PAY } from './wechat-pay-keys.ts';

/** The value of a result that cannot fail here. */
export function given<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** The shop of these worlds; everything about it is invented. */
export const ACCOUNT = {
  mchid: '1900000109',
  appid: 'wxd678efh567hg6787',
  appSecret: 'secret-of-scenarios',
  v2Key: '192006250b4c09247ec02edce69f6a2d',
  v3Key: '0123456789abcdef0123456789abcdef',
};

/** Its certificate, made once with openssl; the key is the business of TLS, which these worlds do without. */
const CERTIFICATE_PEM = `-----BEGIN CERTIFICATE-----
MIIBnjCCAUWgAwIBAgIUQFHqUUSsnEE74VH+GXo2CLIxZ+EwCgYIKoZIzj0EAwIw
JDENMAsGA1UECgwEVGVzdDETMBEGA1UEAwwKMTkwMDAwMDEwOTAgFw0yNjExMjQx
NjI0MTVaGA8yMTI2MTAzMTE2MjQxNVowJDENMAsGA1UECgwEVGVzdDETMBEGA1UE
AwwKMTkwMDAwMDEwOTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBhdsfuB7cRo
3fxb1Bcx1h8drqi8lETetZq6wlMdJrsadvMWh8C0m4fAQdl8keXPFIBPtBNxWcEg
aUEorYcDGzyjUzBRMB0GA1UdDgQWBBTkoRysm33P9+X9CvLp9pMlVKsQBzAfBgNV
HSMEGDAWgBTkoRysm33P9+X9CvLp9pMlVKsQBzAPBgNVHRMBAf8EBTADAQH/MAoG
CCqGSM49BAMCA0cAMEQCIGCwXU4SYTCWOQARGUeIyHnte9TqPyh2Y6C6zRXnPy1c
AiBDDpxEy/mfp2naRHK2F3ppvMKNUw0jMMYZQbJxR3KLBw==
-----END CERTIFICATE-----
`;

/** The shop as the client of the classic API knows it. */
export const MERCHANT: Merchant = given(
  parseMerchant(
    { appid: ACCOUNT.appid, mchid: ACCOUNT.mchid, apiKey: ACCOUNT.v2Key },
    { identity: { certificatePem: CERTIFICATE_PEM } },
  ),
);

/** With what the shop signs in APIv3. */
export const SIGNING = {
  serial: '5A1E0F3C9B7D4E62A8C1D0F4B3E2A19C87654321',
  privateKeyPem: readKeyFile('merchant-private-key'),
};

const V3_TEXTS = {
  appid: ACCOUNT.appid,
  mchid: ACCOUNT.mchid,
  privateKeyPem: SIGNING.privateKeyPem,
  certificateSerial: SIGNING.serial,
  apiV3Key: ACCOUNT.v3Key,
};

/** The shop as the client of APIv3 knows it, without or with the public key that the console gives out. */
export const V3_MERCHANTS: Readonly<Record<ShopKeys, V3Merchant>> = {
  certificates: given(parseV3Merchant(V3_TEXTS)),
  'public-key': given(
    parseV3Merchant({
      ...V3_TEXTS,
      publicKeys: [{ id: WECHAT_PAY.publicKey.id, pem: WECHAT_PAY.publicKey.publicKeyPem }],
    }),
  ),
};

/** Loopback, so that the simulator sends there; no socket is ever opened. */
export const NOTIFY_URL = `http://127.0.0.1:9/notify/${ACCOUNT.mchid}`;

/** The shop as the platform knows it. */
export const SIM_MERCHANT: SimMerchant = merchantOfAccount(ACCOUNT, {
  serial: SIGNING.serial,
  publicKeyPem: createPublicKey(SIGNING.privateKeyPem).export({ type: 'spki', format: 'pem' }).toString(),
});

/** How the shop has configured its keepers. */
export interface ShopConfiguration {
  readonly keys: ShopKeys;
  readonly unsignedRefusals: 'doubted' | 'believed';
}

/** The shop as a keeper knows it, in both protocols. */
export const keptMerchant = ({ keys, unsignedRefusals }: ShopConfiguration): KeeperMerchant => ({
  speaks: { v2: MERCHANT, v3: V3_MERCHANTS[keys] },
  notifyUrl: NOTIFY_URL,
  // The turns of this thread are the only order of events that is the same every time.
  v3Settings: { unsignedRefusals, signing: 'on-this-thread' },
});
