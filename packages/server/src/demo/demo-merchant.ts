import { loadTlsIdentity, type Merchant, parseMerchant } from '@orderkeeper/client';
import { parseMchid } from '@orderkeeper/protocol';
import type { RunningSimulator } from '@orderkeeper/simulator';

/** The merchant that a running simulator has invented, with its certificate. */
export function demoMerchant(simulator: Pick<RunningSimulator, 'credentials' | 'clock'>): Merchant {
  const { account, certificates } = simulator.credentials;
  const mchid = parseMchid(account.mchid);
  if (!mchid.ok) throw new Error(mchid.message);
  const { certificatePem, privateKeyPem } = certificates.merchant;
  const expectations = { mchid: mchid.value, nowMs: simulator.clock.nowMs() };
  const identity = loadTlsIdentity({ certificatePem, privateKeyPem }, expectations);
  if (!identity.ok) throw new Error(identity.message);
  const { appid, v2Key: apiKey } = account;
  const merchant = parseMerchant({ appid, mchid: account.mchid, apiKey }, { identity: identity.value });
  if (!merchant.ok) throw new Error(merchant.message);
  return merchant.value;
}
