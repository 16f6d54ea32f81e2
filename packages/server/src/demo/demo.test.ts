import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { ToldStory } from './story.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** As a user runs it: one story starts a process of its own, which needs the compiled program. */
async function demo(...options: readonly string[]): Promise<string> {
  await run('npx', ['tsc', '-b', 'packages/server'], { cwd: ROOT });
  const { stdout } = await run(process.execPath, ['packages/server/dist/main.js', 'demo', ...options], { cwd: ROOT });
  return stdout;
}

test('as data, the demo is one JSON document in which all stories are ok and have steps', async () => {
  const { stories }: { readonly stories: readonly ToldStory[] } = JSON.parse(await demo('--json'));
  expect(stories.map(({ name, ok }) => [name, ok])).toEqual([
    ['lost-notice', true],
    ['unpaid-closed', true],
    ['close-meets-payment', true],
    ['paid-again', true],
    ['micropay-reversed', true],
    ['killed-in-close', true],
    ['paid-twice', true],
  ]);
  expect(stories.every(({ steps }) => steps.length > 3)).toBe(true);
}, 60_000);

test('as text, every call is told with its code and the trade state', async () => {
  const text = await demo();
  expect(text).toContain('closeorder → ORDERPAID');
  expect(text).toContain('orderquery → SUCCESS, trade state CLOSED');
  expect(text).toContain('refuses: not-closable-yet');
  expect(text).toContain('All 7 stories ended as they must.');
}, 60_000);
