import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

beforeAll(async () => {
  await run('npx', ['tsc', '-b', 'packages/keeper'], { cwd: ROOT });
}, 60_000);

test('the example of a receiver takes each event once, and nothing that was changed, signed by others or old', async () => {
  const { stdout, stderr } = await run(process.execPath, ['examples/receive-events.js'], { cwd: ROOT });
  expect(stderr).toBe('');
  expect(stdout.split('\n')).toEqual([
    'test-order is paid with 1990 fen: deliver',
    '  answered 204',
    'dropped: order.paid was here before',
    '  answered 204',
    '990 fen of test-order have gone back as test-refund-1',
    '  answered 204',
    'test-order was paid again by test-order-2: it is being sent back, deliver nothing',
    '  answered 204',
    'refused: signature-mismatch',
    '  answered 401',
    'refused: signature-mismatch',
    '  answered 401',
    'refused: too-old',
    '  answered 401',
    '',
  ]);
});
