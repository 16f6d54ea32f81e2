import type { HttpResponse } from '@orderkeeper/ports';
import type { SimOperation } from '../operations/operation.ts';
import type { Switches } from '../switches.ts';
import { certificatePage } from './certificate.ts';
import { printRefusal, textResponse } from './print-answer.ts';
import { refusalOutcome } from './refusals.ts';
import type { Rejected } from './verdicts.ts';

/** Prints why a call was turned away: a page of the web server for certificates, an unsigned message for the rest. */
export function printRejection(operation: SimOperation, rejected: Rejected, switches: Switches): HttpResponse {
  const { refusal, field } = rejected;
  if (refusal === 'no-certificate') return printPage('No required SSL certificate was sent');
  if (refusal === 'broken-certificate') return printPage('The SSL certificate error');
  const outcome = refusalOutcome(operation.refusals, refusal, field);
  const isOldText = refusal === 'bad-signature' && operation.refusals === 'order' && switches.signErrorText === 'old';
  return printRefusal(isOldText ? { ...outcome, text: '签名错误' } : outcome);
}

const printPage = (title: Parameters<typeof certificatePage>[0]): HttpResponse =>
  textResponse(400, certificatePage(title), { 'content-type': 'text/html' });
