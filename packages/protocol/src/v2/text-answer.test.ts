import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readFailure } from './failure.ts';
import { bytes, vector } from './messages.suite.ts';
import { downloadbill } from './operations/downloadbill.ts';
import { downloadfundflow } from './operations/downloadfundflow.ts';
import { readTextAnswer } from './text-answer.ts';

test('a body that does not begin with < is the bill, byte for byte', () => {
  const bill = bytes('\ufeff交易时间,公众账号ID\r\n`2021-04-11 22:55:53,`wx2421b1c4370ec43b\r\n');
  expect(readTextAnswer(bill)).toEqual({ kind: 'text', body: bill });
});

test('a compressed bill is a bill', () => {
  expect(readTextAnswer(gzipSync('交易时间')).kind).toBe('text');
});

test('the captured failure of a bill is refused, and its text says why', () => {
  const answer = readTextAnswer(vector('downloadbill-none'));
  expect(answer).toMatchObject({ kind: 'refused', returnMsg: 'No Bill Exist' });
  expect(answer.kind === 'refused' && readFailure(downloadbill, answer).code).toBe('NO_BILL_EXIST');
});

test('a fund-flow bill fails by result_code, as documented', () => {
  const answer = readTextAnswer(
    bytes(
      '<xml><return_code>SUCCESS</return_code><result_code>FAIL</result_code><err_code>BILL_CREATING</err_code></xml>',
    ),
  );
  expect(answer.kind === 'failed' && readFailure(downloadfundflow, answer)).toMatchObject({
    code: 'BILL_CREATING',
    repeat: 'later',
  });
});

test('a fund-flow bill fails by return_msg, as observed', () => {
  const answer = readTextAnswer(
    bytes('<xml><return_code>FAIL</return_code><return_msg>Param Error</return_msg></xml>'),
  );
  expect(answer.kind === 'refused' && readFailure(downloadfundflow, answer).code).toBe('PARAM_ERROR');
});

test('nothing at all is no empty bill', () => {
  expect(readTextAnswer(new Uint8Array())).toMatchObject({ kind: 'unreadable', reason: 'empty' });
});

test('an HTML page is no bill', () => {
  expect(readTextAnswer(bytes('<html><body>502 Bad Gateway</body></html>'))).toMatchObject({
    kind: 'unreadable',
    reason: 'wrong-root',
  });
});

test('XML that claims success is no bill', () => {
  expect(readTextAnswer(bytes('<xml><return_code>SUCCESS</return_code></xml>')).kind).toBe('unreadable');
});
