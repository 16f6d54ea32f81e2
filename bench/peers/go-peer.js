import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SDK = 'github.com/wechatpay-apiv3/wechatpay-go';
let program;

/** Why WeChat Pay's own Go SDK cannot be run here; builds it the first time it is asked and can. */
export function absenceOfGo() {
  if (program !== undefined) return undefined;
  const source = process.env.WECHATPAY_GO ?? '';
  if (!existsSync(join(source, 'go.mod'))) return `WECHATPAY_GO does not name a copy of ${SDK}`;
  if (spawnSync('go', ['version']).status !== 0) return 'there is no `go` on this machine';
  const folder = mkdtempSync(join(tmpdir(), 'orderkeeper-go-peer-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  copyFileSync(fileURLToPath(new URL('go/main.go', import.meta.url)), join(folder, 'main.go'));
  const replaced = `require ${SDK} v0.0.0\nreplace ${SDK} => ${source}\n`;
  writeFileSync(join(folder, 'go.mod'), `module peer\ngo 1.19\n${replaced}`);
  const built = join(folder, 'peer');
  // Only the SDK itself is compiled: it needs nothing beyond Go's own library.
  const env = { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off' };
  const build = spawnSync('go', ['build', '-o', built, '.'], { cwd: folder, env, encoding: 'utf8' });
  if (build.status !== 0) return `it does not build: ${build.stderr}`;
  program = built;
  return undefined;
}

/** The compiled peer. */
export const goProgram = () => program;
