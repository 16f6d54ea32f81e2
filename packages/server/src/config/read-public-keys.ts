import { createPublicKey } from 'node:crypto';
import { failure, readWechatpayPublicKey, type Result, type WechatpayPublicKey } from '@orderkeeper/protocol';
import type { MerchantTextsOfFile } from './config-schema.ts';
import type { ConfigProblem } from './problem.ts';
import { readText, type SourceFolder } from './read-secret.ts';

/** The public keys that could be read, and what is wrong with the others, each problem at its place in the list. */
export interface PublicKeysReading {
  readonly keys: readonly WechatpayPublicKey[];
  readonly problems: readonly ConfigProblem[];
}

/** Where the files are, and the merchant's own certificate where it is known. */
export interface PublicKeySources {
  readonly from: SourceFolder;
  readonly certificatePem?: string;
}

type PublicKeyTexts = MerchantTextsOfFile['wechatpay_public_keys'][number];

/** Reads WeChat Pay's public keys of one merchant. */
export function readPublicKeys(
  texts: readonly PublicKeyTexts[],
  { from, certificatePem }: PublicKeySources,
): PublicKeysReading {
  const keys: WechatpayPublicKey[] = [];
  const problems: ConfigProblem[] = [];
  for (const [index, each] of texts.entries()) {
    const earlier = texts.findIndex(({ id }) => id === each.id);
    const key = earlier === index ? readPublicKey(each, from) : failure('id', `is that of the key ${earlier} too`);
    if (!key.ok) problems.push({ path: [index, key.reason], message: key.message });
    else if (certificatePem !== undefined && isKeyOf(certificatePem, key.value))
      problems.push({ path: [index, 'file'], message: "holds the merchant's own public key, and not WeChat Pay's" });
    else keys.push(key.value);
  }
  return { keys, problems };
}

function readPublicKey({ id, file }: PublicKeyTexts, from: SourceFolder): Result<WechatpayPublicKey, 'id' | 'file'> {
  const pem = readText(file, from);
  if (!pem.ok) return failure('file', pem.message);
  const key = readWechatpayPublicKey(id, pem.value);
  if (key.ok) return key;
  if (key.reason === 'not-a-public-key-id') return failure('id', key.message);
  const found = WRONG_CONTENTS.find(({ beginning }) => pem.value.includes(beginning));
  return failure('file', found?.message ?? key.message);
}

/** What is taken for the public key by mistake; what to do differs. */
const WRONG_CONTENTS = [
  {
    beginning: '-----BEGIN CERTIFICATE-----',
    message:
      'holds a certificate, and not a public key: platform certificates are fetched and need no line here, the public key is pub_key.pem',
  },
  {
    beginning: 'PRIVATE KEY-----',
    message: "holds a private key, and not WeChat Pay's public key, pub_key.pem",
  },
] as const;

const isKeyOf = (certificatePem: string, { publicKey }: WechatpayPublicKey): boolean =>
  createPublicKey(certificatePem).equals(publicKey);
