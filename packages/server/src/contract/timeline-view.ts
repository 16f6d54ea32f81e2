import type { TimelineEntry } from '@orderkeeper/keeper';
import { z } from 'zod';
import { instant, instantMs, printInstant } from './values.ts';

/** The append-only story of an order, oldest first. */
export const timelineSchema = z.strictObject({
  entries: z.array(
    z.strictObject({
      position: z.int().positive(),
      at: instant,
      atMs: instantMs,
      source: z.string(),
      summary: z.string(),
      observation: z.unknown(),
      evidence: z
        .strictObject({ encoding: z.enum(['utf-8', 'base64']), content: z.string() })
        .optional()
        .describe("WeChat Pay's verified message, byte for byte"),
      alarms: z.array(z.strictObject({ kind: z.string(), message: z.string(), outTradeNo: z.string().optional() })),
    }),
  ),
});

/** The append-only story of an order. */
export type TimelineView = z.output<typeof timelineSchema>;

/** Prints a timeline. */
export function timelineView(entries: readonly TimelineEntry[]): TimelineView {
  return {
    entries: entries.map(({ position, atMs, source, summary, observation, evidence, alarms }) => ({
      position,
      at: printInstant(atMs),
      atMs,
      source,
      summary,
      observation: withoutPayerCode(observation),
      ...(evidence === undefined ? {} : { evidence: evidenceView(evidence) }),
      alarms: [...alarms],
    })),
  };
}

/** The code on a payer's phone is nobody's business once it was charged. */
function withoutPayerCode(observation: string): unknown {
  const value: unknown = JSON.parse(observation, (key, part: unknown) => (key === 'authCode' ? undefined : part));
  return value;
}

type EvidenceView = Exclude<TimelineView['entries'][number]['evidence'], undefined>;

/** Text where that loses nothing, and it seldom does: WeChat Pay writes UTF-8. */
function evidenceView(bytes: Uint8Array): EvidenceView {
  const content = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const isLossless = Buffer.from(content).equals(bytes);
  return isLossless
    ? { encoding: 'utf-8', content }
    : { encoding: 'base64', content: Buffer.from(bytes).toString('base64') };
}
