import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { compileProgram } from '../testing/service-process.ts';
import type { ToldStory } from './told-story.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

beforeAll(compileProgram, 60_000);

/** As a user runs it: one story starts a process of its own, which needs the compiled program. */
async function demo(...options: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, ['packages/server/dist/main.js', 'demo', ...options], { cwd: ROOT });
  return stdout;
}

/** As text it is told in the classic API below; as data in that one too in the whole run (npm run test:whole). */
const PROTOCOLS = process.env['ORDERKEEPER_TESTS'] === 'whole' ? (['v2', 'v3'] as const) : (['v3'] as const);

test.each(PROTOCOLS)(
  'as data, the demo is one JSON document in which all stories are ok and have steps, in %s',
  async (protocol) => {
    const told: { readonly protocol: string; readonly stories: readonly ToldStory[] } = JSON.parse(
      await demo('--json', '--protocol', protocol),
    );
    expect(told.protocol).toBe(protocol);
    expect(told.stories.map(({ name, ok }) => [name, ok])).toEqual([
      ['lost-notice', true],
      ['unpaid-closed', true],
      ['close-meets-payment', true],
      ['paid-again', true],
      ['micropay-reversed', true],
      ['killed-in-close', true],
      ['paid-twice', true],
    ]);
    expect(told.stories.every(({ steps }) => steps.length > 3)).toBe(true);
    const codes = new Set(
      told.stories.flatMap(({ steps }) => steps.map(({ operation, code }) => `${operation} ${code}`)),
    );
    const { refused, closed, strange } = WORDS[protocol];
    expect([...codes]).toEqual(expect.arrayContaining([refused, closed]));
    expect(codes).not.toContain(strange);
  },
  60_000,
);

/** What only one of the protocols says. */
const WORDS = {
  v2: { refused: 'closeorder ORDERPAID', closed: 'closeorder SUCCESS', strange: 'close HTTP 204' },
  v3: { refused: 'close ORDER_PAID', closed: 'close HTTP 204', strange: 'closeorder SUCCESS' },
} as const;

test('as text, the classic API is spoken unless something else is wanted, and every call is told with its code and the trade state', async () => {
  const text = await demo();
  expect(text).toContain('closeorder → ORDERPAID');
  expect(text).toContain('orderquery → SUCCESS, trade state CLOSED');
  expect(text).toContain('They speak the classic API');
  expect(text).toContain('refuses: not-closable-yet');
  expect(text).toContain('All 7 stories ended as they must.');
}, 60_000);
