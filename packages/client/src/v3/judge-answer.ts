import type { HttpResponse } from '@orderkeeper/ports';
import { type AnswerVerifyReason, type Result, verifyAnswer } from '@orderkeeper/protocol';
import type { UnusableVerdict, Verdict } from '../core/verdict.ts';
import type { Patience } from '../make-call.ts';
import { waitWithin } from '../wait-within.ts';
import {
  FAILURE_STATUS_MIN,
  judgeUnsignedFailure,
  judgeUnverified,
  judgeVerified,
  type V3JudgedOperation,
} from './judge.ts';
import type { KeysResult } from './keys.ts';
import type { V3Sender } from './v3-sender.ts';

/** An answer and what it is held against. */
export interface Answered<Answer> {
  readonly response: HttpResponse;
  readonly patience: Patience;
  readonly mismatch: (answer: Answer) => UnusableVerdict | undefined;
}

/**
 * Judges an answer that is to be signed. One that names an unknown certificate waits for the certificates to be fetched,
 * where that may be, and is looked at once more.
 */
export function judgeAnswer<Answer>(
  sender: V3Sender,
  operation: V3JudgedOperation<Answer>,
  answered: Answered<Answer>,
): Verdict<Answer> | Promise<Verdict<Answer>> {
  const { response } = answered;
  const verified = verify(sender, response);
  if (!verified.ok && verified.reason === 'unknown-serial') {
    const fetching = sender.keys.look(response.headers['wechatpay-serial'] ?? '');
    if (fetching !== undefined) return judgeLater(sender, operation, answered, fetching);
  }
  return conclude(sender, operation, answered, verified);
}

async function judgeLater<Answer>(
  sender: V3Sender,
  operation: V3JudgedOperation<Answer>,
  answered: Answered<Answer>,
  fetching: Promise<KeysResult>,
): Promise<Verdict<Answer>> {
  const waited = await waitWithin(sender.world.clock, answered.patience, fetching);
  if (waited.end === 'aborted') {
    const message = 'the call was aborted while the key of its answer was looked for';
    return { kind: 'no-answer', reason: 'aborted', delivery: 'maybe-sent', message };
  }
  return conclude(sender, operation, answered, verify(sender, answered.response));
}

type Verified = Result<unknown, AnswerVerifyReason>;

const verify = ({ keys, world }: V3Sender, { headers, body }: HttpResponse): Verified =>
  verifyAnswer({ headers, body, keys: keys.current(), nowMs: world.clock.nowMs() });

function conclude<Answer>(
  { replays, world, unsignedRefusals }: V3Sender,
  operation: V3JudgedOperation<Answer>,
  { response, mismatch }: Answered<Answer>,
  verified: Verified,
): Verdict<Answer> {
  const { status, headers } = response;
  if (!verified.ok) {
    return status >= FAILURE_STATUS_MIN && verified.reason === 'header-missing'
      ? judgeUnsignedFailure(operation, response, unsignedRefusals)
      : judgeUnverified(response, verified);
  }
  if (replays.see(headers['wechatpay-signature'] ?? '', world.clock.nowMs()) === 'seen') {
    return { kind: 'unusable', reason: 'replayed', status, message: 'its signature came with an earlier answer' };
  }
  return judgeVerified(operation, response, mismatch);
}
