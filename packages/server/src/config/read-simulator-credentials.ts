import type { Hosts } from '@orderkeeper/client';
import { failure, ok, type Result } from '@orderkeeper/protocol';
import { z } from 'zod';
import type { ConfiguredMerchant } from './config.ts';
import { merchantOfSimulator } from './merchant-of-simulator.ts';
import { readText, type SourceFolder } from './read-secret.ts';

/** A simulator that runs elsewhere: where it is, whom to trust, and the merchant it invented. */
export interface SimulatorCredentials {
  readonly hosts: Hosts;
  readonly ca: string;
  readonly merchant: ConfiguredMerchant;
}

const schema = z.object({
  appid: z.string(),
  mchid: z.string(),
  v2Key: z.string(),
  v3Key: z.string(),
  merchant: z.object({ privateKey: z.string(), certificate: z.string() }),
  platform: z.object({ publicKey: z.string(), publicKeyId: z.string() }),
  tls: z.object({ ca: z.string() }),
  https: z.string(),
});

/** Reads what `orderkeeper simulate --credentials FILE` has written. */
export function readSimulatorCredentials(
  path: string,
  from: SourceFolder,
): Result<SimulatorCredentials, 'no-credentials'> {
  const text = readText(path, from);
  if (!text.ok) return failure('no-credentials', `${text.message}; start the simulator first`);
  const parsed = schema.safeParse(jsonOf(text.value));
  if (!parsed.success)
    return failure('no-credentials', `${path} is no credentials file of \`orderkeeper simulate --credentials\``);
  const { merchant: own, platform, tls, https, ...account } = parsed.data;
  const ca = readText(tls.ca, from);
  if (!ca.ok) return failure('no-credentials', ca.message);
  const texts = {
    ...account,
    certificatePem: own.certificate,
    privateKeyPem: own.privateKey,
    publicKeyId: platform.publicKeyId,
    publicKeyPem: platform.publicKey,
  };
  const merchant = merchantOfSimulator(texts, from.world.nowMs);
  if (!merchant.ok) return failure('no-credentials', merchant.message);
  return ok({ hosts: { primary: https }, ca: ca.value, merchant: { ...merchant.value, latePayment: 'refund' } });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
