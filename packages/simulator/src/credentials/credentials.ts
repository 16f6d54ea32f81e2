import type { Random } from '@orderkeeper/ports';
import { createAccount, type MerchantAccount } from './account.ts';
import { type Certificates, issueCertificates } from './certificates.ts';

/** A merchant and everything that both sides need to prove themselves. */
export interface Credentials {
  readonly account: MerchantAccount;
  readonly certificates: Certificates;
}

/** Settings of {@link createCredentials}. */
export interface CredentialsOptions {
  readonly random: Random;
  /** Real time in UTC milliseconds; certificates are valid from the day before, for five years. */
  readonly nowMs: number;
  /** Parts of the account that are given. */
  readonly account?: Partial<MerchantAccount>;
}

/** Invents a merchant with keys and certificates. */
export async function createCredentials({ random, nowMs, account: given }: CredentialsOptions): Promise<Credentials> {
  const account = createAccount(random, given);
  return { account, certificates: await issueCertificates(account.mchid, { nowMs, random }) };
}
