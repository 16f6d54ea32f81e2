import { createHash, timingSafeEqual } from 'node:crypto';
import type { ApiKeyHolder } from '../config/config.ts';

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Finds out whose key a request brings; `undefined` when it is nobody's. Every key is compared, and in constant time,
 * so that how long it takes tells nothing.
 */
export function createBearerKeys(holders: readonly ApiKeyHolder[]): (authorization: string) => string | undefined {
  const known = holders.map(({ name, key }) => ({ name, digest: digestOf(key.reveal()) }));
  return (authorization) => {
    const brought = digestOf(/^Bearer +([!-~]+) *$/i.exec(authorization)?.[1] ?? '');
    return known.filter(({ digest }) => timingSafeEqual(digest, brought)).at(0)?.name;
  };
}
