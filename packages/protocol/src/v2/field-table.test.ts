import { expect, test } from 'vitest';
import { type Fen, fen } from '../values/fen.ts';
import { fenAmount, oneOf, optional, positiveFen, text } from './field-kinds.ts';
import { type FieldTable, printFields, readFields } from './field-table.ts';
import { fieldsOf } from './messages.suite.ts';

interface Sample {
  readonly totalFen: Fen;
  readonly body?: string;
  readonly state?: 'A' | 'B';
}

const TABLE: FieldTable<Sample> = {
  totalFen: fenAmount('total_fee'),
  body: optional(text(8))('body'),
  state: optional(oneOf('A', 'B'))('state'),
};

test('a message is printed in the order of its table, without absent values', () => {
  const printed = printFields<Sample>(TABLE, { state: 'A', totalFen: fen(0) });
  expect(printed.ok && [...printed.value]).toEqual([
    ['total_fee', '0'],
    ['state', 'A'],
  ]);
});

test('an empty optional text is left out, because it would not be signed', () => {
  const printed = printFields(TABLE, { totalFen: fen(1), body: '' });
  expect(printed.ok && printed.value.has('body')).toBe(false);
});

test('an empty required text is refused with its name', () => {
  expect(printFields({ body: text(8)('body') }, { body: '' })).toMatchObject({
    reason: 'field-missing',
    message: 'body is required',
  });
});

test('a value that does not fit is refused with its field and what is wrong with it', () => {
  expect(printFields(TABLE, { totalFen: fen(1), body: '八字节的文本' })).toMatchObject({
    reason: 'field-invalid',
    message: 'body: has 18 UTF-8 bytes, allowed are 8',
  });
  expect(printFields({ fee: positiveFen('total_fee') }, { fee: fen(0) })).toMatchObject({
    message: 'total_fee: must be above 0 fen',
  });
});

test('an empty element counts as absent', () => {
  expect(readFields(TABLE, fieldsOf({ total_fee: '1', body: '' }))).toEqual({ ok: true, value: { totalFen: 1 } });
});

test('a required field that is missing or makes no sense makes the message unreadable', () => {
  expect(readFields(TABLE, fieldsOf({ total_fee: '' }))).toMatchObject({ ok: false, reason: 'field-missing' });
  expect(readFields(TABLE, fieldsOf({ total_fee: '1.00' }))).toMatchObject({
    ok: false,
    reason: 'field-invalid',
    message: expect.stringContaining('total_fee'),
  });
});

test('an optional field that makes no sense counts as absent', () => {
  expect(readFields(TABLE, fieldsOf({ total_fee: '1', state: 'C' }))).toEqual({ ok: true, value: { totalFen: 1 } });
});

test('what is known of a message already stays in it', () => {
  const begun = { tradeState: 'SUCCESS' };
  expect(readFields(TABLE, fieldsOf({ total_fee: '1' }), begun)).toEqual({
    ok: true,
    value: { tradeState: 'SUCCESS', totalFen: 1 },
  });
});

test('what is received is taken as it is, however long', () => {
  const long = 'x'.repeat(100);
  expect(readFields(TABLE, fieldsOf({ total_fee: '1', body: long }))).toMatchObject({ value: { body: long } });
});

test('a field named like a part of every object is a field like any other', () => {
  const fields = fieldsOf({ total_fee: '1' }).set('__proto__', 'x').set('constructor', 'y');
  expect(readFields(TABLE, fields)).toEqual({ ok: true, value: { totalFen: 1 } });
});
