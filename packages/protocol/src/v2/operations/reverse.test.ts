import { expect, test } from 'vitest';
import { parseOutTradeNo, parseTransactionId } from '../../values/numbers.ts';
import { fieldsOf, valueOf } from '../messages.suite.ts';
import { reverse } from './reverse.ts';

test('an order is reversed by either number', () => {
  expect(valueOf(reverse.printRequest({ outTradeNo: valueOf(parseOutTradeNo('1')) }))).toEqual(
    fieldsOf({ out_trade_no: '1' }),
  );
  expect(valueOf(reverse.printRequest({ transactionId: valueOf(parseTransactionId('42')) }))).toEqual(
    fieldsOf({ transaction_id: '42' }),
  );
});

test('a reverse without a number is refused before it is sent', () => {
  // @ts-expect-error: callers without types get an answer too
  expect(reverse.printRequest({})).toMatchObject({ ok: false, reason: 'field-missing' });
});

test.each(['Y', 'N'])('recall %s is read as it is', (recall) => {
  expect(reverse.readAnswer(fieldsOf({ recall }))).toEqual({ ok: true, value: { recall } });
});

test.each([{}, { recall: '' }, { recall: 'n' }])(
  'the answer %j does not say whether the order is reversed',
  (fields) => {
    expect(reverse.readAnswer(fieldsOf(fields))).toMatchObject({ ok: false });
  },
);
