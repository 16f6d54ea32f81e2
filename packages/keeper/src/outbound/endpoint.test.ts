import { describe, expect, test } from 'vitest';
import { MCHID, OTHER_MCHID } from '../core/testing/samples.ts';
import { type EndpointTexts, isWantedBy, parseEndpoint } from './endpoint.ts';
import { given, SECRET_TEXT, storedEvent } from './testing/samples.ts';

const TEXTS: EndpointTexts = { name: 'shop', url: 'https://shop.example.com/hooks?v=1', secrets: [SECRET_TEXT] };

describe('the texts of an endpoint', () => {
  test('become an endpoint', () => {
    const endpoint = given(parseEndpoint({ ...TEXTS, types: ['order.paid'], mchids: [MCHID] }));
    expect(endpoint).toMatchObject({ name: 'shop', url: TEXTS.url, types: ['order.paid'], mchids: [MCHID] });
    expect(endpoint.secrets.map((secret) => secret.reveal())).toEqual([SECRET_TEXT]);
  });

  test.each<[string, Partial<EndpointTexts>, string]>([
    ['an empty name', { name: '' }, 'name'],
    ['a name with a space', { name: 'my shop' }, 'name'],
    ['a relative address', { url: '/hooks' }, 'url'],
    ['an address of another kind', { url: 'file:///etc/passwd' }, 'url'],
    ['a user and a password in the address', { url: 'https://user:hunter2@shop.example.com/' }, 'url'],
    ['no secret', { secrets: [] }, 'secrets'],
    ['a malformed secret', { secrets: ['hunter2hunter2hunter2hunter2'] }, 'secrets'],
    ['an event that does not exist', { types: ['order.sung_about'] }, 'types'],
    ['a malformed mchid', { mchids: ['x'] }, 'mchids'],
  ])('with %s are refused by the name of the field, without a secret (R20)', (_, changes, field) => {
    const parsed = parseEndpoint({ ...TEXTS, ...changes });
    if (parsed.ok) throw new Error('taken');
    expect(parsed.reason).toBe('endpoint-invalid');
    expect(parsed.message.startsWith(field)).toBe(true);
    expect(parsed.message).not.toContain('hunter2');
  });
});

test.each<[string, Partial<EndpointTexts>, 'told' | 'not told']>([
  ['names nothing', {}, 'told'],
  ['names its type', { types: ['order.closed'] }, 'told'],
  ['names other types', { types: ['order.paid'] }, 'not told'],
  ['names its merchant', { mchids: [MCHID] }, 'told'],
  ['names other merchants', { mchids: [OTHER_MCHID] }, 'not told'],
  ['names no merchant at all', { mchids: [] }, 'not told'],
])('an endpoint that %s is: %s', (_, changes, expected) => {
  const endpoint = given(parseEndpoint({ ...TEXTS, ...changes }));
  expect(isWantedBy(endpoint, storedEvent()) ? 'told' : 'not told').toBe(expected);
});
