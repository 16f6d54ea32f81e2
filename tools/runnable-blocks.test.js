import { expect, test } from 'vitest';
import { runnableBlocks } from './runnable-blocks.js';

test('only blocks that say they are runnable are found, in order', () => {
  const page = [
    '# Title',
    '```sh runnable',
    'npm ci && npm run demo',
    '```',
    '```sh',
    'rm -rf everything',
    '```',
    '```ts',
    'runnable();',
    '```',
    '```sh runnable',
    'npm run check',
    'npm run build',
    '```',
  ].join('\n');
  expect(runnableBlocks(page)).toEqual(['npm ci && npm run demo', 'npm run check\nnpm run build']);
});

test('a page without such blocks has none', () => {
  expect(runnableBlocks('text\n')).toEqual([]);
});
