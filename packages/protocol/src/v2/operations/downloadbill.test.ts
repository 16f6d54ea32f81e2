import { expect, test } from 'vitest';
import { parseBeijingDay } from '../../values/beijing-time.ts';
import { fieldsOf, valueOf } from '../messages.suite.ts';
import { downloadbill } from './downloadbill.ts';
import { downloadfundflow } from './downloadfundflow.ts';

const DAY = valueOf(parseBeijingDay('20141110'));

test('a trade bill is asked for by its day, its rows and its packing', () => {
  expect(valueOf(downloadbill.printRequest({ billDate: DAY }))).toEqual(fieldsOf({ bill_date: '20141110' }));
  expect(valueOf(downloadbill.printRequest({ billDate: DAY, billType: 'REFUND', tarType: 'GZIP' }))).toEqual(
    fieldsOf({ bill_date: '20141110', bill_type: 'REFUND', tar_type: 'GZIP' }),
  );
});

test('a fund-flow bill is asked for by its day and its account', () => {
  expect(valueOf(downloadfundflow.printRequest({ billDate: DAY, accountType: 'Fees', tarType: 'GZIP' }))).toEqual(
    fieldsOf({ bill_date: '20141110', account_type: 'Fees', tar_type: 'GZIP' }),
  );
});

test('a fund-flow bill is signed with HMAC-SHA256, whatever the merchant prefers', () => {
  expect(downloadfundflow.signType).toBe('HMAC-SHA256');
  expect(downloadbill.signType).toBe('merchant');
});
