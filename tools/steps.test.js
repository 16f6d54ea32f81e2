import { expect, test } from 'vitest';
import { closingLineOf, runStep } from './steps.js';

const run = (script, more = {}) => runStep({ name: 'a step', command: [process.execPath, '-e', script], ...more });

test('a step is ok when its command ends with zero, and keeps what it said', async () => {
  expect(await run("console.log('out'); console.error('err')")).toMatchObject({
    ok: true,
    output: expect.stringMatching(/^(?:out\nerr\n|err\nout\n)$/),
  });
});

test('what a command colours is read without its colours', async () => {
  const { output } = await run("console.log('\\u001b[32m1 passed, 0 failed, 0 skipped\\u001b[39m')");
  expect(output).toBe('1 passed, 0 failed, 0 skipped\n');
});

test('a step fails by its exit code', async () => {
  expect(await run('process.exitCode = 3')).toMatchObject({ ok: false });
});

test('a step whose program does not exist fails with a reason', async () => {
  const result = await runStep({ name: 'a step', command: ['/no/such/program'] });
  expect(result).toMatchObject({ ok: false, output: expect.stringContaining('ENOENT') });
});

test('a step that hangs is ended and says so', async () => {
  const result = await run('setInterval(() => {}, 1000)', { timeLimitMs: 300 });
  expect(result).toMatchObject({ ok: false, output: expect.stringContaining('ended by SIGTERM') });
});

test('the closing line is the last plain one', () => {
  expect(closingLineOf('1 passed, 0 failed, 0 skipped\nmore\n12 passed, 3 failed, 0 skipped\n')).toBe(
    '12 passed, 3 failed, 0 skipped',
  );
});

test('a run that broke off before its closing line counts as one failure', () => {
  expect(closingLineOf('Error: no such file')).toBe('0 passed, 1 failed, 0 skipped');
});
