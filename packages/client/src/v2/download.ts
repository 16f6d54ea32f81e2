import type { HttpResponse } from '@orderkeeper/ports';
import { BILL_BYTES_MAX, gunzipBill, readTextAnswer, type TextOperation } from '@orderkeeper/protocol';
import { BILL_DEADLINE_MS, BILL_TIME_LIMITS, damagedBill } from '../bills.ts';
import type { Verdict } from '../core/verdict.ts';
import type { Outcome } from '../outcome.ts';
import { type Asked, failed, refused, unexpectedStatus, unreadable } from './judge.ts';
import { sendPrinted, type V2CallOptions, type V2Sender } from './send.ts';

/** Says what is wrong with a text as received and unpacked, or nothing. */
export type CheckText = (response: HttpResponse, bytes: Uint8Array) => string | undefined;

/** Calls an operation that is answered with a text; its bytes are unpacked where they were asked for as GZIP. */
export function download<Request extends { readonly tarType?: 'GZIP' }, Answer>(
  sender: V2Sender,
  operation: TextOperation<Request>,
  request: Request,
  options: V2CallOptions,
  reader: { readonly check: CheckText; readonly read: (bytes: Uint8Array) => Answer },
): Promise<Outcome<Answer>> {
  const judge = async (_: Asked, response: HttpResponse): Promise<Verdict<Answer>> => {
    if (response.status !== 200) return unexpectedStatus(response.status);
    const text = readTextAnswer(response.body);
    switch (text.kind) {
      case 'unreadable':
        return unreadable(text, response.body);
      case 'refused':
        return refused(operation, text);
      case 'failed':
        return failed(operation, text, 'unsigned');
      case 'succeeded':
        return damagedBill('an XML document was answered in the place of a bill');
      case 'text': {
        const unpacked =
          request.tarType === 'GZIP' ? await gunzipBill(text.body) : { ok: true as const, value: text.body };
        if (!unpacked.ok) return damagedBill(unpacked.message);
        const flaw = reader.check(response, unpacked.value);
        return flaw === undefined ? { kind: 'done', answer: reader.read(unpacked.value) } : damagedBill(flaw);
      }
    }
  };
  return sendPrinted(sender, operation.printRequest(request), options, {
    row: operation,
    judge,
    answerBytesMax: BILL_BYTES_MAX,
    timeLimits: BILL_TIME_LIMITS,
    deadlineMs: BILL_DEADLINE_MS,
  });
}
