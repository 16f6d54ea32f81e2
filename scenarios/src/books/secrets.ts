import { ACCOUNT } from '../world/shop.ts';
import type { Check } from './violation.ts';

/** The observer of a keeper hears no key, no payer's code and no payer (R20). */
export const nothingSecretIsTold: Check = ({ observed, plan, ledger }) => {
  const told = JSON.stringify(observed);
  const secrets = [ACCOUNT.v2Key, ...ledger.flatMap(({ authCode, payment }) => [authCode, payment?.openid ?? ''])];
  const found = new Set(secrets.filter((secret) => secret !== '' && told.includes(secret)));
  return [...found].map(() => ({
    rule: 'R20',
    about: `seed ${plan.seed}`,
    message: 'a secret was told to the observer',
  }));
};
