import { expect, test } from 'vitest';
import { fieldsOf, valueOf } from '../messages.suite.ts';
import { authcodetoopenid } from './authcodetoopenid.ts';

test('the payer behind a code is asked for', () => {
  expect(valueOf(authcodetoopenid.printRequest({ authCode: '120269300684844649' }))).toEqual(
    fieldsOf({ auth_code: '120269300684844649' }),
  );
});

test('the payer is known under the caller’s appid, and under the sub-merchant’s where there is one', () => {
  expect(valueOf(authcodetoopenid.readAnswer(fieldsOf({ openid: 'oA' })))).toEqual({ openid: 'oA' });
  expect(valueOf(authcodetoopenid.readAnswer(fieldsOf({ openid: 'oA', sub_openid: 'oB' })))).toEqual({
    openid: 'oA',
    subOpenid: 'oB',
  });
});

test('an answer without openid is unreadable', () => {
  expect(authcodetoopenid.readAnswer(fieldsOf({ sub_openid: 'oB' }))).toMatchObject({ reason: 'field-missing' });
});
