import { ACCOUNT, SIGNING } from '../world/shop.ts';
import type { Check } from './violation.ts';

/** The middle lines of a private key: any of them would be enough to know it. */
const KEY_LINES = SIGNING.privateKeyPem.trim().split('\n').slice(1, -1);

/** A member that only the sealed part of a notice has. */
const SEALED_MEMBER = 'payer_total';

const KEYS = [ACCOUNT.v2Key, ACCOUNT.v3Key, ...KEY_LINES];

/**
 * The observer of a keeper hears no key, no payer's code, no payer, and nothing that was sealed (R20); no key is in the
 * story of the world, nor in what the merchant's systems are told.
 */
export const nothingSecretIsTold: Check = ({ observed, heard, story, plan, ledger }) => {
  const payers = ledger.flatMap(({ authCode, payment }) => [authCode, payment?.openid ?? '']);
  const observedText = JSON.stringify(observed);
  const toldText = `${JSON.stringify(heard)}\n${story.join('\n')}`;
  const found = [
    ...[...KEYS, ...payers, SEALED_MEMBER].filter((secret) => secret !== '' && observedText.includes(secret)),
    ...[...KEYS, SEALED_MEMBER].filter((secret) => toldText.includes(secret)),
  ];
  return [...new Set(found)].map(() => ({ rule: 'R20', about: `seed ${plan.seed}`, message: 'a secret was told' }));
};
