import { generateKeyPairSync } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../packages/server/dist/main.js', import.meta.url));
const WRONG_V2_KEY = 'ThisIsNotTheKeyOfTheMerchant0000';

/** Starts `orderkeeper simulate` on free ports and reads the credentials it writes. */
export async function startSimulator() {
  const folder = mkdtempSync(join(tmpdir(), 'orderkeeper-peers-'));
  const file = join(folder, 'credentials.json');
  const args = [PROGRAM, 'simulate', '--http-port', '0', '--https-port', '0', '--credentials', file, '--legacy-tls'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await Promise.race([once(createInterface({ input: child.stdout }), 'line'), failed(child)]);
  const credentials = JSON.parse(readFileSync(file, 'utf8'));
  const control = credentials.control.replace(/\/$/, '');
  return {
    folder,
    credentials: { ...credentials, ...writeKeys(folder, credentials) },
    control: (method, path, body) => ask(method, `${control}/${path}`, body),
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

/** Every key as a file of its own, as merchants have them, and keys that are not the merchant's. */
function writeKeys(folder, { merchant, platform }) {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const write = (name, text) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  return {
    files: {
      merchantKey: write('apiclient_key.pem', merchant.privateKey),
      merchantCertificate: write('apiclient_cert.pem', merchant.certificate),
      platformCertificate: write('wechatpay_cert.pem', platform.certificate),
      platformPublicKey: write('pub_key.pem', platform.publicKey),
    },
    wrong: { v2Key: WRONG_V2_KEY, merchantKey: write('wrong_key.pem', privateKey) },
  };
}

async function failed(child) {
  const [code] = await once(child, 'exit');
  throw new Error(
    `orderkeeper simulate ended with ${code} before it accepted connections; is it built (npm run build)?`,
  );
}

async function ask(method, address, body = {}) {
  const sent = method === 'GET' ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(address, { method, ...sent });
  return answer.ok ? answer.json() : { refused: `${address} answered ${answer.status}: ${await answer.text()}` };
}
