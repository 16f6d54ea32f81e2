import { printNoticeReply, printV3NoticeReply } from '@orderkeeper/protocol';
import type { ProtocolVersion } from '../core/order.ts';
import type { NoticeReply } from '../notice.ts';
import type { Judgement } from './judgement.ts';

type Verdict = NoticeReply['verdict'];

/** What a verdict tells WeChat Pay: `taken` ends the repetitions, `again` asks for them. */
interface VerdictRow {
  readonly tells: 'taken' | 'again';
  /** The status of the answer in each protocol. */
  readonly v2: number;
  readonly v3: number;
}

/**
 * The classic API documents status 200 for both answers, FAIL with the reason in it. Other statuses count as not received
 * too and stand where the one who has to act is not at WeChat Pay: who reads our access log or watches our health. In
 * APIv3 the status alone decides: 204 is success, whatever is 400 and more asks for the message again.
 *
 * `quarantined` asks again on purpose: SUCCESS would acknowledge money that is in no book. If the message was spoilt on
 * its way, the next one is right; if not, sixteen repetitions cost nothing, since the alarm rings for the first only.
 * `unknown-order` the same: after a restored backup the order may be back before the repetitions of a day are over.
 */
const ROWS: Readonly<Record<Verdict, VerdictRow>> = {
  applied: { tells: 'taken', v2: 200, v3: 204 },
  repeated: { tells: 'taken', v2: 200, v3: 204 },
  quarantined: { tells: 'again', v2: 200, v3: 500 },
  unverified: { tells: 'again', v2: 200, v3: 401 },
  probe: { tells: 'again', v2: 200, v3: 401 },
  'unknown-order': { tells: 'again', v2: 200, v3: 404 },
  'unknown-merchant': { tells: 'again', v2: 404, v3: 404 },
  busy: { tells: 'again', v2: 503, v3: 503 },
};

const NOT_STORED = { 'cache-control': 'no-store' };
const XML = { 'content-type': 'text/xml; charset=utf-8', ...NOT_STORED };
const JSON_TEXT = { 'content-type': 'application/json; charset=utf-8', ...NOT_STORED };

/**
 * The answer to a notice, in the form of its protocol. The message is read by WeChat Pay's people and says nothing about
 * us that could help a forger.
 */
export function printReply(protocol: ProtocolVersion, { verdict, message }: Judgement): NoticeReply {
  const { tells, [protocol]: status } = ROWS[verdict];
  switch (protocol) {
    case 'v2': {
      const reply = tells === 'taken' ? { returnCode: 'SUCCESS' as const } : failOf(message);
      return { status, headers: XML, body: printNoticeReply(reply), verdict };
    }
    case 'v3': {
      if (tells === 'taken') return { status, headers: NOT_STORED, body: '', verdict };
      const { body } = printV3NoticeReply({ code: 'FAIL', message });
      return { status, headers: JSON_TEXT, body, verdict };
    }
  }
}

const failOf = (returnMsg: string) => ({ returnCode: 'FAIL', returnMsg }) as const;
