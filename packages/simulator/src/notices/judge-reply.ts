import { readXml } from '@orderkeeper/protocol';

/** What the merchant's answer to a notice is worth. */
export interface ReplyVerdict {
  readonly verdict: 'accepted' | 'refused' | 'wrong-answer';
  /** One sentence for the merchant's developer. */
  readonly explanation: string;
}

/**
 * Judges an answer: only status 200 with nothing but XML that says SUCCESS ends the tries.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_7
 */
export function judgeReply(status: number, body: Uint8Array): ReplyVerdict {
  if (status !== 200) return wrong(`the status is ${status}, expected is 200`);
  const fields = readXml(body);
  if (!fields.ok) {
    return wrong(
      `${fields.message}; expected is <xml><return_code><![CDATA[SUCCESS]]></return_code></xml> and nothing else`,
    );
  }
  const code = fields.value.get('return_code') ?? '';
  if (code === 'SUCCESS') return { verdict: 'accepted', explanation: 'the merchant has taken the notice' };
  if (code !== 'FAIL') return wrong('return_code is neither SUCCESS nor FAIL');
  const reason = (fields.value.get('return_msg') ?? '').slice(0, 128);
  return { verdict: 'refused', explanation: `the merchant answers FAIL${reason === '' ? '' : `: ${reason}`}` };
}

const wrong = (explanation: string): ReplyVerdict => ({ verdict: 'wrong-answer', explanation });
