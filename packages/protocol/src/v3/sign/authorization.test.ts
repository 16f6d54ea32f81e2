import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMchid } from '../../values/numbers.ts';
import { valueOf, vectorRow, vectorRows } from '../vectors.suite.ts';
import { printAuthorization, readAuthorization } from './authorization.ts';

const REQUESTS = vectorRow('v3-signatures/requests.json');
const HEADER = REQUESTS('authorizationOfR3');
const R3 = {
  mchid: valueOf(parseMchid('1900000001')),
  serial: REQUESTS('serial'),
  nonce: REQUESTS('nonce'),
  timestamp: REQUESTS('timestamp'),
  signature: vectorRows('v3-signatures/requests.json')[2]?.('signature') ?? '',
};

test('the header of vector R3 is printed to the byte', () => {
  expect(printAuthorization(R3)).toBe(HEADER);
});

test('the header of vector R3 is read', () => {
  expect(readAuthorization(HEADER)).toEqual({ ok: true, value: R3 });
});

test('the five parts may come in any order', () => {
  const [scheme = '', parts = ''] = HEADER.split(' ');
  fc.assert(
    fc.property(fc.shuffledSubarray(parts.split(','), { minLength: 5 }), (shuffled) => {
      expect(readAuthorization(`${scheme} ${shuffled.join(',')}`)).toEqual({ ok: true, value: R3 });
    }),
  );
});

test.each(['', 'Basic dXNlcjpwYXNz', 'WECHATPAY2-SM2-WITH-SM3 mchid="1"', HEADER.toLowerCase()])(
  'another scheme is told apart: “%s”',
  (header) => {
    expect(readAuthorization(header)).toMatchObject({ ok: false, reason: 'scheme-unknown' });
  },
);

test.each([
  ['a part missing', /,timestamp="\d+"/, ''],
  ['a part twice', 'timestamp=', 'mchid="1900000001",timestamp='],
  ['a part that nobody knows', 'timestamp=', 'x="1",timestamp='],
  ['a known part replaced by an unknown one', 'timestamp=', 'time='],
  ['a value without quotes', 'mchid="1900000001"', 'mchid=1900000001'],
  ['an empty value', 'mchid="1900000001"', 'mchid=""'],
  ['blanks after the commas', ',nonce', ', nonce'],
  ['two blanks after the scheme', ' mchid', '  mchid'],
  ['a mchid that is no number', '1900000001', 'shop'],
  ['a timestamp that is no number', '"1767225600"', '"now"'],
])('a header with %s is malformed', (_, from, to) => {
  expect(readAuthorization(HEADER.replace(from, to))).toMatchObject({ ok: false, reason: 'malformed' });
});
