import { createHash } from 'node:crypto';
import type { RememberedAnswer, Store } from '@orderkeeper/keeper';
import type { Clock } from '@orderkeeper/ports';
import { z } from 'zod';
import { type PrintedReply, printProblem } from './print-reply.ts';

/** A write that names itself, so that it can be repeated. */
export interface NamedWrite {
  /** Whose key it is: two holders may use the same names. */
  readonly holder: string;
  readonly key: string;
  readonly method: string;
  readonly path: string;
  /** Parsed JSON. */
  readonly body: unknown;
  readonly requestId: string;
}

/** Does a write, or gives the answer it was given before. */
export type DoOnce = (write: NamedWrite, run: () => Promise<PrintedReply>) => Promise<PrintedReply>;

interface Running {
  readonly digest: string;
  readonly reply: Promise<PrintedReply>;
}

const KEY = /^[!-~]{1,255}$/;
/** With this header the caller sees that nothing was done this time. */
const REPLAYED = { 'idempotency-replayed': 'true' } as const;

/**
 * Remembers successful answers under their keys. Refusals are not remembered: they have changed nothing, and the wish
 * may be possible later. The same request at the same time waits for the first one's answer. Across processes the store
 * decides; that both may have run is harmless, because the keeper's operations are repeatable themselves.
 */
export function createDoOnce(store: Pick<Store, 'recall' | 'remember'>, clock: Clock): DoOnce {
  const running = new Map<string, Running>();
  return async (write, run) => {
    if (!KEY.test(write.key))
      return printProblem(
        { code: 'invalid-idempotency-key', detail: 'Idempotency-Key: 1 to 255 visible ASCII characters' },
        write,
      );
    const name = createHash('sha256').update(`${write.holder}\n${write.key}`).digest('hex');
    const digest = digestOf(write);
    const sameName = running.get(name);
    if (sameName !== undefined) return sameName.digest === digest ? replayed(await sameName.reply) : reused(write);
    const reply = recallOrRun({ name, digest, write }, run);
    running.set(name, { digest, reply });
    try {
      return await reply;
    } finally {
      running.delete(name);
    }
  };

  async function recallOrRun(
    { name, digest, write }: { readonly name: string; readonly digest: string; readonly write: NamedWrite },
    run: () => Promise<PrintedReply>,
  ): Promise<PrintedReply> {
    const known = await store.recall(name);
    if (known !== undefined) return known.requestDigest === digest ? replayOf(known) : reused(write);
    const reply = await run();
    if (reply.status >= 300) return reply;
    const remembered = await store.remember({
      key: name,
      requestDigest: digest,
      status: reply.status,
      body: JSON.stringify({ headers: reply.headers, body: reply.body }),
      atMs: clock.nowMs(),
    });
    return remembered === 'remembered' ? reply : ((await recalled(name)) ?? reply);
  }

  async function recalled(name: string): Promise<PrintedReply | undefined> {
    const known = await store.recall(name);
    return known === undefined ? undefined : replayOf(known);
  }
}

/** What is remembered of an answer beside its status. */
const keptReply = z.object({ headers: z.record(z.string(), z.string()), body: z.string() });

function replayOf({ status, body }: RememberedAnswer): PrintedReply {
  return replayed({ status, ...keptReply.parse(JSON.parse(body)) });
}

const replayed = (reply: PrintedReply): PrintedReply => ({ ...reply, headers: { ...reply.headers, ...REPLAYED } });

const reused = (write: NamedWrite): PrintedReply =>
  printProblem(
    { code: 'idempotency-key-reused', detail: 'this Idempotency-Key was used for another request; take a new one' },
    write,
  );

/** The same for the same content, however it is spaced and ordered. */
function digestOf({ method, path, body }: NamedWrite): string {
  return createHash('sha256')
    .update(`${method} ${path}\n${JSON.stringify(sorted(body))}`)
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, part]) => [key, sorted(part)]);
}
