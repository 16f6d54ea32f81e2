import { printNoticeReply } from '@orderkeeper/protocol';
import type { NoticeReply } from '../keeper.ts';

type Verdict = NoticeReply['verdict'];

/** What a verdict tells WeChat Pay: `taken` ends the repetitions, `again` asks for them. */
interface VerdictRow {
  readonly tells: 'taken' | 'again';
  readonly status: number;
}

/**
 * WeChat Pay documents status 200 for both answers, FAIL with the reason in it. Other statuses count as not received too
 * and stand where the one who has to act is not at WeChat Pay: who reads our access log or watches our health.
 *
 * `quarantined` asks again on purpose: SUCCESS would acknowledge money that is in no book. If the message was spoilt on
 * its way, the next one is right; if not, sixteen repetitions cost nothing, since the alarm rings for the first only.
 * `unknown-order` the same: after a restored backup the order may be back before the repetitions of a day are over.
 */
const ROWS: Readonly<Record<Verdict, VerdictRow>> = {
  applied: { tells: 'taken', status: 200 },
  repeated: { tells: 'taken', status: 200 },
  quarantined: { tells: 'again', status: 200 },
  unverified: { tells: 'again', status: 200 },
  probe: { tells: 'again', status: 200 },
  'unknown-order': { tells: 'again', status: 200 },
  'unknown-merchant': { tells: 'again', status: 404 },
  busy: { tells: 'again', status: 503 },
};

const HEADERS = { 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'no-store' };

/** The answer to a notice. `returnMsg` is read by WeChat Pay's people and says nothing about us that could help a forger. */
export function printReply(verdict: Verdict, returnMsg: string): NoticeReply {
  const { tells, status } = ROWS[verdict];
  const body = printNoticeReply(tells === 'taken' ? { returnCode: 'SUCCESS' } : { returnCode: 'FAIL', returnMsg });
  return { status, headers: HEADERS, body, verdict };
}
