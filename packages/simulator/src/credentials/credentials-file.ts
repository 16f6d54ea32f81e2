import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { failure, ok, type Result } from '@orderkeeper/protocol';
import { z } from 'zod';
import type { Credentials } from './credentials.ts';
import { createP12 } from './p12.ts';

/** Where a running simulator answers; written for the programs that use it. */
export interface Addresses {
  readonly http: string;
  readonly https: string;
  readonly control: string;
}

/** Why a credentials file cannot be used again. */
export type CredentialsFileReason = 'not-found' | 'incomplete' | 'malformed';

/** The files of one simulator, side by side. */
interface Paths {
  /** For whoever uses the simulator. */
  readonly file: string;
  readonly p12: string;
  readonly ca: string;
  /** What only the simulator itself needs, so that a restart keeps authority and platform. */
  readonly own: string;
}

function pathsOf(file: string): Paths {
  const stem = resolve(file).replace(/\.json$/, '');
  return { file: resolve(file), p12: `${stem}.p12`, ca: `${stem}.ca.pem`, own: `${stem}.simulator.json` };
}

const certifiedKey = z.object({
  serial: z.string(),
  certificatePem: z.string(),
  privateKeyPem: z.string(),
  publicKeyPem: z.string(),
});

const ownFile = z.object({
  account: z.object({
    mchid: z.string(),
    appid: z.string(),
    appSecret: z.string(),
    v2Key: z.string(),
    v3Key: z.string(),
  }),
  certificates: z.object({
    authority: certifiedKey,
    server: certifiedKey,
    platform: certifiedKey,
    publicKey: z.object({ id: z.string(), privateKeyPem: z.string(), publicKeyPem: z.string() }),
    merchant: certifiedKey,
  }),
});

/**
 * Reads the credentials that {@link writeCredentials} left beside `file`; `not-found` when there are none,
 * `incomplete` when `file` is there but the simulator's own half is not.
 */
export async function readCredentials(file: string): Promise<Result<Credentials, CredentialsFileReason>> {
  const paths = pathsOf(file);
  const [outer, own] = await Promise.all([readIfThere(paths.file), readIfThere(paths.own)]);
  if (outer === undefined) return failure('not-found', `${paths.file} does not exist`);
  if (own === undefined) {
    return failure('incomplete', `${paths.own} is missing beside ${paths.file}; remove both to get new credentials`);
  }
  const parsed = ownFile.safeParse(parseJson(own));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join('.') ?? '';
    return failure(
      'malformed',
      `${paths.own} is damaged at "${field}"; remove it and ${paths.file} to get new credentials`,
    );
  }
  return ok(parsed.data);
}

/**
 * Writes `file`, for the programs that use the simulator, and its companions: the p12 (password: the mchid), the
 * authority's certificate, and the simulator's own keys. Only their owner can read them. Makes the folder if needed.
 */
export async function writeCredentials(file: string, credentials: Credentials, addresses: Addresses): Promise<void> {
  const paths = pathsOf(file);
  const { account, certificates } = credentials;
  const { authority, merchant, platform, publicKey } = certificates;
  await mkdir(dirname(paths.file), { recursive: true });
  await writePrivate(paths.own, JSON.stringify(credentials, undefined, 2));
  await writePrivate(paths.p12, createP12(merchant, authority, account.mchid));
  await writePrivate(paths.ca, authority.certificatePem);
  const outer = {
    appid: account.appid,
    mchid: account.mchid,
    v2Key: account.v2Key,
    v3Key: account.v3Key,
    merchant: {
      serial: merchant.serial,
      privateKey: merchant.privateKeyPem,
      certificate: merchant.certificatePem,
      p12: paths.p12,
    },
    platform: {
      serial: platform.serial,
      certificate: platform.certificatePem,
      publicKey: publicKey.publicKeyPem,
      publicKeyId: publicKey.id,
    },
    tls: { ca: paths.ca },
    ...addresses,
  };
  await writePrivate(paths.file, `${JSON.stringify(outer, undefined, 2)}\n`);
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The mode of writeFile counts only for a new file, so an older one is closed to others as well. */
async function writePrivate(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(path, content, { mode: 0o600 });
  await chmod(path, 0o600);
}
