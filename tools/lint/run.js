// Format and lint by native tools that live outside the workspaces:
//
//   node tools/lint/run.js format [--write] [paths…]
//   node tools/lint/run.js lint [paths…]
//
// They are kept out of the root lock file because each of them names a dozen binaries for other platforms, and a
// registry mirror that lacks one of those makes `npm ci` fail as a whole. Their versions are exact all the same.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { installLintTools, lintBinary } from './install.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Everything written by hand; a path that does not exist yet is left out. */
const DEFAULT_PATHS = ['.'];

const COMMANDS = {
  format: (options, paths) => [
    'biome',
    ['format', `--config-path=${HERE}format.json`, '--no-errors-on-unmatched', ...options, ...paths],
  ],
  lint: (options, paths) => [
    'oxlint',
    ['--config', `${HERE}oxlint.json`, '--type-aware', '--report-unused-disable-directives', ...options, ...paths],
  ],
};

const [command = '', ...rest] = process.argv.slice(2);
const build = COMMANDS[command];
if (build === undefined) {
  console.error('use: node tools/lint/run.js format [--write] [paths…] | lint [paths…]');
  process.exit(2);
}

installLintTools();
const options = rest.filter((word) => word.startsWith('-'));
const paths = rest.filter((word) => !word.startsWith('-'));
const [binary, args] = build(options, paths.length > 0 ? paths : DEFAULT_PATHS);
const { status, error } = spawnSync(lintBinary(binary), args, {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, OXLINT_TSGOLINT_PATH: lintBinary('tsgolint') },
});
if (error !== undefined) console.error(String(error));
process.exit(status ?? 1);
