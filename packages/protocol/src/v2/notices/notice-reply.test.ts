import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, valueOf } from '../messages.suite.ts';
import { readXml } from '../xml/read-xml.ts';
import { printNoticeReply } from './notice-reply.ts';
import { noticeVectorText } from './notices.suite.ts';

test('success is answered with exactly the bytes of the documentation', () => {
  expect(printNoticeReply({ returnCode: 'SUCCESS' })).toBe(noticeVectorText('reply-success.xml'));
});

test('what cannot be sent in a reason becomes a question mark, and the reply stays XML', () => {
  const reply = printNoticeReply({ returnCode: 'FAIL', returnMsg: 'no 😀 order\u0000 ]]>' });
  expect(valueOf(readXml(bytes(reply))).get('return_msg')).toBe('no ? order? ]]>');
});

test('every reason gives a readable reply of at most 128 characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (returnMsg) => {
      const fields = valueOf(readXml(bytes(printNoticeReply({ returnCode: 'FAIL', returnMsg }))));
      expect(fields.get('return_code')).toBe('FAIL');
      expect(fields.get('return_msg')?.length).toBeLessThanOrEqual(128);
    }),
  );
});
