import { expect, test } from 'vitest';
import { demo } from './demo.ts';
import type { ToldStory } from './story.ts';

async function run(format: 'text' | 'json'): Promise<{ readonly end: string; readonly text: string }> {
  const lines: string[] = [];
  const end = await demo({ format, print: (line) => lines.push(line) });
  return { end, text: lines.join('\n') };
}

test('as data, the demo is one JSON document in which all five stories are ok and have steps', async () => {
  const { end, text } = await run('json');
  const { stories }: { readonly stories: readonly ToldStory[] } = JSON.parse(text);
  expect(end).toBe('all-ok');
  expect(stories.map(({ name, ok }) => [name, ok])).toEqual([
    ['lost-notice', true],
    ['unpaid-closed', true],
    ['close-meets-payment', true],
    ['paid-again', true],
    ['micropay-reversed', true],
  ]);
  expect(stories.every(({ steps }) => steps.length > 3)).toBe(true);
});

test('as text, every call is told with its outcome, code and trade state', async () => {
  const { text } = await run('text');
  expect(text).toContain('closeorder → rejected CLOSE_TOO_EARLY');
  expect(text).toContain('closeorder → rejected ORDERPAID');
  expect(text).toContain('orderquery → done REVOKED');
  expect(text).toContain('All 5 stories ended as they must.');
});
