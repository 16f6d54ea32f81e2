import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  apiKey,
  beijingTime,
  count,
  dashedBeijingTime,
  notifyUrl,
  oneOf,
  positiveCount,
  refundStatus,
  text,
} from './field-kinds.ts';

test('a text is measured in UTF-8 bytes, the safe reading of a limit that may count characters', () => {
  const body = text(127)('body');
  expect(body.print('付'.repeat(42))).toMatchObject({ ok: true });
  expect(body.print('付'.repeat(43))).toMatchObject({ ok: false, message: 'has 129 UTF-8 bytes, allowed are 127' });
});

test('a word outside of its set is refused in both directions', () => {
  const state = oneOf('OK', 'FAIL')('state');
  expect(state.read('CANCLE')).toMatchObject({ ok: false, message: 'is none of OK, FAIL' });
  // @ts-expect-error: callers without types get the same answer
  expect(state.print('CANCLE')).toMatchObject({ ok: false });
});

test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e9])('the count %d is refused', (value) => {
  expect(count('offset').print(value)).toMatchObject({ ok: false });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, Date.UTC(9999, 11, 31, 16)])(
  'the instant %d is refused',
  (value) => {
    expect(beijingTime('time_expire').print(value)).toMatchObject({ ok: false, reason: 'not-an-instant' });
  },
);

test('a count of goods is at least one', () => {
  expect(positiveCount('quantity').print(0)).toMatchObject({ ok: false, message: 'must be at least 1' });
  expect(positiveCount('quantity').print(1)).toEqual({ ok: true, value: '1' });
});

test('every count reads back as itself', () => {
  const field = count('offset');
  fc.assert(
    fc.property(fc.nat(999_999_999), (value) => {
      const printed = field.print(value);
      expect(printed.ok && field.read(printed.value)).toEqual({ ok: true, value });
    }),
  );
});

test('every second between 2000 and 2099 reads back as itself, in both spellings of Beijing time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 946_684_800, max: 4_102_444_799 }), (seconds) => {
      for (const field of [beijingTime('time_end'), dashedBeijingTime('success_time')]) {
        const printed = field.print(seconds * 1000);
        expect(printed.ok && field.read(printed.value)).toEqual({ ok: true, value: seconds * 1000 });
      }
    }),
  );
});

test.each(['https://shop.example.com/wx/notify', 'http://127.0.0.1:8080/notify', 'https://shop.example.com'])(
  'the notify address %s is accepted',
  (address) => {
    expect(notifyUrl('notify_url').print(address)).toEqual({ ok: true, value: address });
  },
);

test.each([
  ['/wx/notify', 'absolute'],
  ['shop.example.com/notify', 'absolute'],
  ['ftp://shop.example.com/', 'absolute'],
  ['https:///notify', 'absolute'],
  ['https://shop.example.com/notify?order=1', 'query'],
  ['https://shop.example.com/notify#1', 'fragment'],
  [`https://shop.example.com/${'x'.repeat(256)}`, '256'],
])('the notify address %s is refused before WeChat Pay would', (address, word) => {
  expect(notifyUrl('notify_url').print(address)).toMatchObject({ ok: false, message: expect.stringContaining(word) });
});

test('the old word FAIL of a refund means REFUNDCLOSE', () => {
  expect(refundStatus('refund_status_0').read('FAIL')).toEqual({ ok: true, value: 'REFUNDCLOSE' });
  expect(refundStatus('refund_status_0').read('NOTSURE')).toMatchObject({ ok: false });
});

test('a key in an answer does not show itself', () => {
  const read = apiKey('sandbox_signkey').read('192006250b4c09247ec02edce69f6a2d');
  expect(JSON.stringify(read)).not.toContain('192006');
  expect(read.ok && read.value.reveal()).toBe('192006250b4c09247ec02edce69f6a2d');
});
