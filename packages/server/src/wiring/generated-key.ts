import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createSecret } from '@orderkeeper/protocol';
import type { ApiKeyHolder } from '../config/config.ts';

const KEY_BYTES = 24;
/** The key's own file is for its owner only. */
const PRIVATE = 0o600;

/** The key of a try-out: made at the first start, used again afterwards. */
export function generatedKey(file: string): ApiKeyHolder {
  const earlier = readIfThere(file);
  const key = earlier ?? `ok_${randomBytes(KEY_BYTES).toString('hex')}`;
  if (earlier === undefined) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${key}\n`, { mode: PRIVATE });
    chmodSync(file, PRIVATE);
  }
  return { name: 'generated', key: createSecret(key) };
}

function readIfThere(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return text === '' ? undefined : text;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
