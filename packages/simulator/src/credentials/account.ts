import type { Random } from '@orderkeeper/ports';

/** What identifies a merchant beside certificates. All of it is invented, so it is plain text. */
export interface MerchantAccount {
  readonly mchid: string;
  readonly appid: string;
  /** For page authorization and mini program login. */
  readonly appSecret: string;
  /** 32 letters and digits. */
  readonly v2Key: string;
  /** 32 letters and digits. */
  readonly v3Key: string;
}

const KEY_LETTERS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const KEY_LENGTH = 32;

const hex = (random: Random, byteCount: number): string => Buffer.from(random.bytes(byteCount)).toString('hex');

const key = (random: Random): string =>
  Array.from(random.bytes(KEY_LENGTH), (byte) => KEY_LETTERS[byte % KEY_LETTERS.length]).join('');

/** A mchid has ten digits; those of ordinary merchants begin with 1900 in WeChat Pay's own samples. */
const mchid = (random: Random): string => `1900${Array.from(random.bytes(6), (byte) => String(byte % 10)).join('')}`;

/** Invents a merchant; `given` parts are kept. */
export function createAccount(random: Random, given: Partial<MerchantAccount> = {}): MerchantAccount {
  return {
    mchid: given.mchid ?? mchid(random),
    appid: given.appid ?? `wx${hex(random, 8)}`,
    appSecret: given.appSecret ?? hex(random, 16),
    v2Key: given.v2Key ?? key(random),
    v3Key: given.v3Key ?? key(random),
  };
}
