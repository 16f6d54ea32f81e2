import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** The path of one of the tools; call {@link installLintTools} first. */
export const lintBinary = (name) => `${HERE}node_modules/.bin/${name}`;

/** Installs the tools unless exactly the versions named in package.json are there. Takes seconds, once. */
export function installLintTools() {
  if (isInstalled()) return;
  const args = ['install', '--prefix', HERE, '--no-package-lock', '--no-audit', '--no-fund'];
  const { status, stdout, stderr } = spawnSync('npm', args, { encoding: 'utf8' });
  if (status !== 0 || !isInstalled()) {
    throw new Error(`npm ${args.join(' ')} did not install the lint tools:\n${stdout}${stderr}`);
  }
}

function isInstalled() {
  const { dependencies } = readJson(`${HERE}package.json`);
  return Object.entries(dependencies).every(([name, version]) => {
    const manifest = `${HERE}node_modules/${name}/package.json`;
    return existsSync(manifest) && readJson(manifest).version === version;
  });
}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
