import { type Clock, type Http, HttpFailure, type HttpResponse } from '@orderkeeper/ports';
import type { ReplyVerdict } from './judge-reply.ts';
import { NOTICE_ANSWER_MS } from './notice-ladder.ts';
import type { NoticeTry } from './notice-record.ts';

/** What came of posting a message. */
export type PostEnd = Pick<NoticeTry, 'verdict' | 'explanation' | 'answerStatus' | 'answerText'>;

const TIME_LIMITS = { connectMs: NOTICE_ANSWER_MS, answerMs: NOTICE_ANSWER_MS };
const ANSWER_BYTES_MAX = 65_536;
const SHOWN_LENGTH_MAX = 2000;

/** A message, and how the answer to it is to be read. */
export interface NoticeToPost {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly judge: (status: number, body: Uint8Array) => ReplyVerdict;
}

/** Posts a message and judges the answer; never rejects, and ends within {@link NOTICE_ANSWER_MS} of `clock`. */
export function postNotice(http: Http, clock: Clock, url: string, message: NoticeToPost): Promise<PostEnd> {
  const late = new AbortController();
  return new Promise((resolve) => {
    const cancel = clock.after(NOTICE_ANSWER_MS, () => {
      resolve(noAnswer(`no answer within ${NOTICE_ANSWER_MS / 1000} seconds`));
      late.abort();
    });
    const end = (postEnd: PostEnd): void => {
      cancel();
      resolve(postEnd);
    };
    http({
      method: 'POST',
      url,
      headers: message.headers,
      body: message.text,
      timeLimits: TIME_LIMITS,
      answerBytesMax: ANSWER_BYTES_MAX,
      signal: late.signal,
    }).then(
      (response) => end(judged(response, message)),
      (error: unknown) =>
        end(noAnswer(error instanceof HttpFailure ? `${error.reason}: ${error.message}` : String(error))),
    );
  });
}

function judged({ status, body }: HttpResponse, { judge }: NoticeToPost): PostEnd {
  const answerText = new TextDecoder().decode(body).slice(0, SHOWN_LENGTH_MAX);
  return { ...judge(status, body), answerStatus: status, answerText };
}

const noAnswer = (explanation: string): PostEnd => ({
  verdict: 'no-answer',
  explanation,
  answerStatus: 0,
  answerText: '',
});
