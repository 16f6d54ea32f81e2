import { createSeededRandom } from '@orderkeeper/ports';
import { expect, test } from 'vitest';
import { SECRET, SECRET_TEXT } from './testing/samples.ts';
import { createWebhookSecret, parseWebhookSecret } from './webhook-secret.ts';

const ofBytes = (count: number): string => `whsec_${Buffer.alloc(count, 1).toString('base64')}`;

test.each([
  ['without its prefix', SECRET_TEXT.slice(6)],
  ['that is no base64', 'whsec_not base64 at all, really not'],
  ['of 23 bytes', ofBytes(23)],
  ['of 65 bytes', ofBytes(65)],
  ['of nothing', 'whsec_'],
])('a secret %s is refused, and the message does not repeat it', (_, text) => {
  const parsed = parseWebhookSecret(text);
  expect(parsed).toMatchObject({ ok: false, reason: 'not-a-webhook-secret' });
  if (!parsed.ok && text.length > 6) expect(parsed.message).not.toContain(text.replace('whsec_', ''));
});

test.each([24, 32, 64])('a secret of %i bytes is taken', (count) => {
  expect(parseWebhookSecret(ofBytes(count)).ok).toBe(true);
});

test('a secret is never printed (R20)', () => {
  expect(`${SECRET} ${JSON.stringify({ SECRET })}`).toBe('[secret] {"SECRET":"[secret]"}');
});

test('new secrets differ, and can be written down and read again', () => {
  const random = createSeededRandom(1);
  const [first, second] = [createWebhookSecret(random), createWebhookSecret(random)];
  expect(first.reveal()).not.toBe(second.reveal());
  expect(parseWebhookSecret(first.reveal()).ok).toBe(true);
});
