import { expect, test } from 'vitest';
import { readFailure } from '../failure.ts';
import { readUnsignedEnvelope } from '../envelope.ts';
import { bytes, fieldsOf, valueOf } from '../messages.suite.ts';
import { apiv2getsignkey, getsignkey } from './getsignkey.ts';

test.each([getsignkey, apiv2getsignkey])('the request of $name has no fields of its own', (operation) => {
  expect(valueOf(operation.printRequest({}))).toEqual(new Map());
  expect(operation).toMatchObject({ sender: 'mchid', signType: 'MD5', answer: 'unsigned' });
});

test('the key of a sandbox is read without result_code, sign and mch_id, and hides itself', () => {
  const envelope = readUnsignedEnvelope(
    bytes(
      '<xml><return_code>SUCCESS</return_code><return_msg>ok</return_msg><sandbox_signkey>013467007045764013467007045764ab</sandbox_signkey></xml>',
    ),
  );
  if (envelope.kind !== 'succeeded') throw new Error(envelope.kind);
  const { sandboxSignkey } = valueOf(getsignkey.readAnswer(envelope.fields));
  expect(sandboxSignkey.reveal()).toBe('013467007045764013467007045764ab');
  expect(JSON.stringify({ sandboxSignkey })).not.toContain('0134');
});

test('an answer without a key, or with something else in its place, is unreadable', () => {
  expect(getsignkey.readAnswer(fieldsOf({}))).toMatchObject({ reason: 'field-missing' });
  const odd = getsignkey.readAnswer(fieldsOf({ sandbox_signkey: 'abc-not-a-key' }));
  expect(odd).toMatchObject({ reason: 'field-invalid' });
  expect(JSON.stringify(odd)).not.toContain('abc-not');
});

test('a wrong production key is told by its text', () => {
  const envelope = readUnsignedEnvelope(
    bytes('<xml><return_code>FAIL</return_code><return_msg>获取沙箱密钥失败，确认交易密钥是否正确</return_msg></xml>'),
  );
  expect(envelope.kind === 'refused' && readFailure(getsignkey, envelope).code).toBe('SIGNERROR');
});
