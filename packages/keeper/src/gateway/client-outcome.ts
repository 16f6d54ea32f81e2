import type { Outcome } from '@orderkeeper/client';
import type { Evidence, GatewayOutcome } from './payment-gateway.ts';
import type { Doubt, Refusals } from './refusal.ts';

/** A call as the timeline names it, and what its refusals mean. */
export interface CallKind {
  readonly operation: string;
  readonly refusals: Refusals;
}

/** Codes of an unknown outcome, or trade states in their place, that say more than that nothing is known. */
const DOUBTS: ReadonlyMap<string, Doubt> = new Map([
  ['USERPAYING', 'user-paying'],
  ['ACCEPT', 'user-paying'],
]);

/** Turns a client's outcome into the gateway's. Only a done answer is read; refusals and doubts keep their code. */
export function gatewayOutcome<Answer, Report>(
  { operation, refusals }: CallKind,
  outcome: Outcome<Answer>,
  read: (answer: Answer) => Report,
): GatewayOutcome<Report> {
  const evidence = evidenceOf(operation, outcome);
  switch (outcome.outcome) {
    case 'done':
      return { outcome: 'done', answer: read(outcome.answer), ...evidence };
    case 'rejected': {
      const { code } = outcome;
      const says = refusals.get(code) ?? 'refused';
      return { outcome: 'rejected', says, code, message: toldBy(outcome), ...evidence };
    }
    case 'unknown': {
      const { code = outcome.reason } = outcome;
      const says = DOUBTS.get(code) ?? 'nothing';
      return { outcome: 'unknown', says, code, message: toldBy(outcome), ...evidence };
    }
  }
}

/** The same for a call that asks: "there is none" is an answer like any other. The client rejects for certain only. */
export function lookOutcome<Answer, Report>(
  kind: CallKind,
  outcome: Outcome<Answer>,
  read: (answer: Answer) => Report,
): GatewayOutcome<Report | 'not-found'> {
  const told = gatewayOutcome(kind, outcome, read);
  if (told.outcome !== 'rejected' || told.says !== 'not-found') return told;
  return { outcome: 'done', answer: 'not-found', ...(told.evidence === undefined ? {} : { evidence: told.evidence }) };
}

/** What cannot be sent, found by the gateway itself. */
export const cannotSend = (message: string) =>
  ({ outcome: 'rejected', says: 'refused', code: 'CONTENT_INVALID', message }) as const;

const toldBy = ({ meaning, message, remedy }: { meaning: string; message: string; remedy: string }): string =>
  `${meaning} (${message}); ${remedy}`;

/** An answer without a body, as the one to a close of APIv3, leaves nothing to keep. */
function evidenceOf(operation: string, { answerBytes, attempts }: Outcome<unknown>): { readonly evidence?: Evidence } {
  const host = attempts.at(-1)?.host;
  if (answerBytes === undefined || answerBytes.length === 0 || host === undefined) return {};
  return { evidence: { source: `${operation} ${new URL(host).host}`, body: answerBytes } };
}
