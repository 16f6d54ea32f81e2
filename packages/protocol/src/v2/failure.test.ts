import { expect, test } from 'vitest';
import type { FailedEnvelope } from './failure.ts';
import { readFailure } from './failure.ts';
import { fieldsOf, vectorEnvelope } from './messages.suite.ts';
import { OPERATIONS } from './operations.ts';
import { closeorder } from './operations/closeorder.ts';
import { downloadbill } from './operations/downloadbill.ts';
import { micropay } from './operations/micropay.ts';
import { orderquery } from './operations/orderquery.ts';
import { reverse } from './operations/reverse.ts';
import { unifiedorder } from './operations/unifiedorder.ts';

function failedVector(name: string): FailedEnvelope {
  const envelope = vectorEnvelope(name);
  if (envelope.kind !== 'failed' && envelope.kind !== 'refused') throw new Error(`${name} is ${envelope.kind}`);
  return envelope;
}

const failed = (errCode: string, more: Readonly<Record<string, string>> = {}): FailedEnvelope => ({
  kind: 'failed',
  errCode,
  errCodeDes: more['err_code_des'] ?? '',
  fields: fieldsOf({ err_code: errCode, ...more }),
});

const refused = (returnMsg: string, more: Readonly<Record<string, string>> = {}): FailedEnvelope => ({
  kind: 'refused',
  returnMsg,
  fields: fieldsOf({ return_msg: returnMsg, ...more }),
});

test('a failed order is told by its err_code, with WeChat Pay’s own words', () => {
  expect(readFailure(unifiedorder, failedVector('unifiedorder-orderpaid'))).toMatchObject({
    code: 'ORDERPAID',
    outcome: 'rejected',
    repeat: 'query',
    description: '该订单已支付',
  });
});

test('a query for an order that does not exist is rejected for certain', () => {
  expect(readFailure(orderquery, failedVector('orderquery-not-exist'))).toMatchObject({
    code: 'ORDERNOTEXIST',
    outcome: 'rejected',
    description: 'order not exist',
  });
});

test.each([
  ['refused-sign', 'SIGNERROR', 'never'],
  ['refused-rate', 'FREQUENCY_LIMITED', 'later'],
])('the captured answer %s is told by its text as %s', (name, code, repeat) => {
  expect(readFailure(unifiedorder, failedVector(name))).toMatchObject({ code, outcome: 'rejected', repeat });
});

test('a close while the payer is paying asks for a query, though the same code elsewhere asks to slow down', () => {
  const busy = failed('FREQUENCY_LIMITED');
  expect(readFailure(closeorder, busy).repeat).toBe('query');
  expect(readFailure(orderquery, busy).repeat).toBe('later');
});

test('an empty err_code is unlisted, and unknown for an operation that changes something', () => {
  expect(readFailure(closeorder, failed(''))).toMatchObject({ code: 'UNLISTED', outcome: 'unknown', repeat: 'query' });
});

test('an err_code that no table lists keeps its name and is unknown', () => {
  expect(readFailure(micropay, failed('BRAND_NEW'))).toMatchObject({ code: 'BRAND_NEW', outcome: 'unknown' });
});

test('a failure that calls itself SUCCESS is unknown', () => {
  expect(readFailure(closeorder, failed('SUCCESS')).outcome).toBe('unknown');
});

test('a refusal with a text nobody knows is told by the code beside it', () => {
  expect(readFailure(downloadbill, refused('something new', { error_code: '20002' }))).toMatchObject({
    code: '20002',
    outcome: 'rejected',
  });
  expect(readFailure(unifiedorder, refused('something new', { err_code: 'SYSTEMERROR' })).code).toBe('SYSTEMERROR');
});

test('a refusal whose text is known is told by it and not by the less exact number', () => {
  expect(readFailure(downloadbill, refused('sign error', { error_code: '20001' })).code).toBe('SIGNERROR');
});

test('a refusal with a text nobody knows is unknown for an operation that moves money', () => {
  expect(readFailure(micropay, refused('天知道'))).toMatchObject({
    code: 'UNLISTED',
    outcome: 'unknown',
    description: '天知道',
  });
});

test('a failed reverse with recall Y is to be repeated, whatever its code', () => {
  expect(readFailure(reverse, failed('TRADE_ERROR', { recall: 'Y' }))).toMatchObject({
    code: 'TRADE_ERROR',
    outcome: 'unknown',
    repeat: 'later',
  });
  expect(readFailure(reverse, failed('TRADE_ERROR', { recall: 'N' }))).toMatchObject({
    outcome: 'rejected',
    repeat: 'query',
  });
});

test('a reverse while the payer is still paying is to be repeated later', () => {
  const paying = failed('INVALID_REQUEST', { err_code_des: '正在支付中不能发起撤销' });
  expect(readFailure(reverse, paying)).toMatchObject({ outcome: 'rejected', repeat: 'later' });
});

test.each(Object.values(OPERATIONS))('a timeout inside of WeChat Pay leaves $name unknown', (operation) => {
  expect(readFailure(operation, failed('SYSTEMERROR'))).toMatchObject({ code: 'SYSTEMERROR', outcome: 'unknown' });
});
