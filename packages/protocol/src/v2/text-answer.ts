import type { Envelope } from './envelope.ts';
import { readUnsignedEnvelope } from './envelope.ts';

/** What a bill is answered with: the bill, or a failure in XML. */
export type TextAnswer = { readonly kind: 'text'; readonly body: Uint8Array } | Envelope;

const LESS_THAN = 0x3c;

/**
 * Tells a bill from a failure. The content type is not reliable; a body that begins with `<` is XML, everything else
 * is the bill, plain or compressed. An XML answer that claims success is no bill either.
 */
export function readTextAnswer(body: Uint8Array): TextAnswer {
  if (body.length > 0 && body[0] !== LESS_THAN) return { kind: 'text', body };
  const envelope = readUnsignedEnvelope(body);
  if (envelope.kind !== 'succeeded') return envelope;
  return {
    kind: 'unreadable',
    reason: 'result-code-missing',
    message: 'an XML document was answered in the place of a bill',
  };
}
