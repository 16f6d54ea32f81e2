import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Result } from '../values/result.ts';
import type { Fields } from './fields.ts';
import { readEnvelope } from './envelope.ts';
import { DEMO_KEY, fieldsOf, signedBody, vectorFields } from './messages.suite.ts';
import { authcodetoopenid } from './operations/authcodetoopenid.ts';
import { closeorder } from './operations/closeorder.ts';
import { getsignkey } from './operations/getsignkey.ts';
import { micropay } from './operations/micropay.ts';
import { orderquery } from './operations/orderquery.ts';
import { refund } from './operations/refund.ts';
import { refundquery } from './operations/refundquery.ts';
import { refundqueryv2 } from './operations/refundqueryv2.ts';
import { refundv2 } from './operations/refundv2.ts';
import { report } from './operations/report.ts';
import { reverse } from './operations/reverse.ts';
import { shorturl } from './operations/shorturl.ts';
import { unifiedorder } from './operations/unifiedorder.ts';

interface Answered {
  readonly name: string;
  readonly readAnswer: (fields: Fields) => Result<unknown, string>;
}

const COUPONS = {
  coupon_count: '2',
  coupon_type_0: 'CASH',
  coupon_id_0: '1',
  coupon_fee_0: '1',
  coupon_type_7: 'NO_CASH',
  coupon_fee_7: '2',
};

/** One full answer for each operation that is answered with fields. */
const ANSWERS: readonly (readonly [Answered, Fields])[] = [
  [unifiedorder, vectorFields('unifiedorder-native')],
  [orderquery, new Map([...vectorFields('orderquery-success'), ...Object.entries(COUPONS)])],
  [closeorder, vectorFields('closeorder-success')],
  [micropay, new Map([...vectorFields('orderquery-success'), ['trade_type', 'MICROPAY']])],
  [reverse, fieldsOf({ recall: 'N' })],
  [refund, vectorFields('refund-accepted')],
  [refundv2, new Map([...vectorFields('refund-accepted'), ['promotion_detail', '{}']])],
  [refundquery, vectorFields('refundquery-one')],
  [refundqueryv2, vectorFields('refundquery-one')],
  [authcodetoopenid, fieldsOf({ openid: 'oA', sub_openid: 'oB' })],
  [shorturl, fieldsOf({ short_url: 'weixin://wxpay/s/XXXXXX' })],
  [report, fieldsOf({ err_code: '0' })],
  [getsignkey, fieldsOf({ sandbox_signkey: '013467007045764013467007045764ab' })],
];

const anyAnswer = fc.constantFrom(...ANSWERS);

const plain = (result: Result<unknown, string>): string => JSON.stringify(result);

test.each(ANSWERS)('the full answer of $0.name is readable', ({ readAnswer }, fields) => {
  expect(readAnswer(fields)).toMatchObject({ ok: true });
});

test('an answer reads alike in whatever order its fields come', () => {
  fc.assert(
    fc.property(anyAnswer, fc.infiniteStream(fc.nat()), ([operation, fields], chance) => {
      const keyed = [...fields].map((entry) => ({ entry, key: chance.next().value }));
      const shuffled = new Map(keyed.toSorted((a, b) => a.key - b.key).map(({ entry }) => entry));
      expect(plain(operation.readAnswer(shuffled))).toBe(plain(operation.readAnswer(fields)));
    }),
  );
});

test('fields that nobody knows change nothing', () => {
  const unknownName = fc.stringMatching(/^zz[a-z_0-9]{0,20}$/);
  const unknown = fc.array(fc.tuple(fc.oneof(unknownName, fc.constantFrom('__proto__', 'constructor')), fc.string()));
  fc.assert(
    fc.property(anyAnswer, unknown, ([operation, fields], extra) => {
      expect(plain(operation.readAnswer(new Map([...extra, ...fields])))).toBe(plain(operation.readAnswer(fields)));
    }),
  );
});

test('whatever a field says, reading neither throws nor invents a field', () => {
  const names = [...new Set(ANSWERS.flatMap(([, fields]) => [...fields.keys()]))];
  fc.assert(
    fc.property(anyAnswer, fc.constantFrom(...names), fc.string(), ([operation, fields], name, text) => {
      const result = operation.readAnswer(new Map(fields).set(name, text));
      expect(result.ok || result.message.length > 0).toBe(true);
    }),
  );
});

test('the sandbox’s peculiar fields beside a success change nothing', () => {
  const peculiar = { err_code: 'SUCCESS', err_code_des: 'ok' };
  for (const [operation, fields] of ANSWERS) {
    const answer = new Map([...fields, ...Object.entries(peculiar)]);
    expect(plain(operation.readAnswer(answer))).toBe(plain(operation.readAnswer(fields)));
  }
});

test('a paid order that was signed over unknown fields is read from its bytes', () => {
  const fields = new Map(vectorFields('orderquery-success')).set('zz_new', '1').set('rate_value', '650000000');
  const envelope = readEnvelope(signedBody(fields), { key: DEMO_KEY, requested: 'MD5' });
  expect(envelope.kind === 'succeeded' && orderquery.readAnswer(envelope.fields)).toMatchObject({
    value: { tradeState: 'SUCCESS' },
  });
});
