import { loadTlsIdentity, type Merchant, parseMerchant, parseV3Merchant, type V3Merchant } from '@orderkeeper/client';
import type { ProtocolVersion, SpokenProtocols } from '@orderkeeper/keeper';
import { type Mchid, ok, parseMchid, type Result } from '@orderkeeper/protocol';
import type { Credentials } from '@orderkeeper/simulator';

/** The merchant that a simulator has invented, as texts. Nothing here is worth money. */
export interface SimulatedMerchantTexts {
  readonly appid: string;
  readonly mchid: string;
  readonly v2Key: string;
  readonly v3Key: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  /** WeChat Pay's, as this simulator plays it. */
  readonly publicKeyId: string;
  readonly publicKeyPem: string;
}

/** A merchant with what it needs to speak both protocols. */
export interface SimulatedMerchant {
  readonly mchid: Mchid;
  readonly speaks: { readonly v2: Merchant; readonly v3: V3Merchant };
}

/** The texts of a simulator's credentials. */
export function simulatedMerchantTexts({ account, certificates }: Credentials): SimulatedMerchantTexts {
  const { appid, mchid, v2Key, v3Key } = account;
  const { certificatePem, privateKeyPem } = certificates.merchant;
  const { id: publicKeyId, publicKeyPem } = certificates.publicKey;
  return { appid, mchid, v2Key, v3Key, certificatePem, privateKeyPem, publicKeyId, publicKeyPem };
}

/**
 * Makes the merchant. It knows the public key and can fetch certificates, so it works in every key mode of the
 * simulator, and while that changes.
 */
export function merchantOfSimulator(texts: SimulatedMerchantTexts, nowMs: number): Result<SimulatedMerchant, string> {
  const { appid, v2Key, v3Key, certificatePem, privateKeyPem, publicKeyId, publicKeyPem } = texts;
  const mchid = parseMchid(texts.mchid);
  if (!mchid.ok) return mchid;
  const expectations = { mchid: mchid.value, nowMs };
  const identity = loadTlsIdentity({ certificatePem, privateKeyPem }, expectations);
  if (!identity.ok) return identity;
  const v2 = parseMerchant({ appid, mchid: texts.mchid, apiKey: v2Key }, { identity: identity.value });
  if (!v2.ok) return v2;
  const v3 = parseV3Merchant({
    appid,
    mchid: texts.mchid,
    apiV3Key: v3Key,
    certificatePem,
    privateKeyPem,
    publicKeys: [{ id: publicKeyId, pem: publicKeyPem }],
  });
  return v3.ok ? ok({ mchid: mchid.value, speaks: { v2: v2.value, v3: v3.value } }) : v3;
}

/** One of both protocols alone: a merchant who has never heard of the other. */
export const speakingOnly = (protocol: ProtocolVersion, { v2, v3 }: SimulatedMerchant['speaks']): SpokenProtocols =>
  protocol === 'v2' ? { v2 } : { v3 };
