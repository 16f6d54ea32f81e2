import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createSecret, parseApiKey, parseApiV3Key } from './secret.ts';

const TEXT = '192006250b4c09247ec02edce69f6a2d';

test('a key has 32 letters and digits', () => {
  const key = parseApiKey(TEXT);
  expect(key.ok && key.value.reveal()).toBe(TEXT);
});

test.each(['', 'short', `${TEXT}0`, `${TEXT.slice(1)}-`, ` ${TEXT.slice(1)}`, `${TEXT.slice(1)}中`])(
  '"%s" is no key, and the message does not repeat it',
  (text) => {
    const read = parseApiKey(text);
    expect(read).toMatchObject({ ok: false, reason: 'not-an-api-key' });
    expect(JSON.stringify(read).includes(text) && text !== '').toBe(false);
  },
);

test('a secret shows itself nowhere but where it is asked to', () => {
  const key = parseApiKey(TEXT);
  for (const secret of [createSecret(TEXT), key]) {
    const shown = [JSON.stringify({ secret }), inspect(secret, { depth: 9, showHidden: true }), inspect([{ secret }])];
    for (const text of shown) {
      expect(text).toContain('[secret]');
      expect(text).not.toContain(TEXT);
    }
  }
  expect(`${createSecret(TEXT)}`).toBe('[secret]');
});

const V3_TEXT = '0123456789abcdefghijklmnopqrstuv';

test('an APIv3 key has 32 ASCII characters and is hidden like any other', () => {
  const read = parseApiV3Key(V3_TEXT);
  expect(read).toMatchObject({ ok: true, value: { kind: 'v3' } });
  expect(JSON.stringify(read)).not.toContain(V3_TEXT);
});

test.each(['', 'short', `${V3_TEXT}0`, ` ${V3_TEXT.slice(1)}`, `${V3_TEXT.slice(1)}中`])(
  '"%s" is no APIv3 key, and the message says where it is set',
  (text) => {
    const read = parseApiV3Key(text);
    expect(read).toMatchObject({ reason: 'not-an-api-v3-key', message: expect.stringContaining('APIv3密钥') });
  },
);
