import type { Outcome } from '@orderkeeper/client';
import type { Evidence, GatewayOutcome } from './payment-gateway.ts';

/** Turns a client's outcome into the gateway's. Only a done answer is read; refusals and doubts keep their code. */
export function gatewayOutcome<Answer, Report>(
  operation: string,
  outcome: Outcome<Answer>,
  read: (answer: Answer) => Report,
): GatewayOutcome<Report> {
  const evidence = evidenceOf(operation, outcome);
  switch (outcome.outcome) {
    case 'done':
      return { outcome: 'done', answer: read(outcome.answer), ...evidence };
    case 'rejected':
      return { outcome: 'rejected', code: outcome.code, message: toldBy(outcome), ...evidence };
    case 'unknown':
      return { outcome: 'unknown', code: outcome.code ?? outcome.reason, message: toldBy(outcome), ...evidence };
  }
}

const toldBy = ({ meaning, message, remedy }: { meaning: string; message: string; remedy: string }): string =>
  `${meaning} (${message}); ${remedy}`;

function evidenceOf(operation: string, outcome: Outcome<unknown>): { readonly evidence?: Evidence } {
  const { answerBytes, attempts } = outcome;
  const host = attempts.at(-1)?.host;
  if (answerBytes === undefined || host === undefined) return {};
  return { evidence: { source: `${operation} ${new URL(host).host}`, body: answerBytes } };
}
