import type { KeyMode } from '@orderkeeper/simulator';
import type { AnswerFault } from './faults.ts';
import { breachesOf, type EndedCall } from './law.ts';
import type { GatewayOperation, Step } from './operations.ts';
import { createStage, finish, PUBLIC_KEYS, type Stage } from './stage.ts';
import { readPage, type Subject, subjectAt } from './subject.ts';

/** The longest that any call is given by itself: codepay and bills take longer than the others. */
export const DEADLINE_MS = 20_000;

/** Begins a call and judges it when it has ended; what the gateway still works on is left time to happen. */
export async function tryCall(stage: Stage, operation: GatewayOperation, subject: Subject): Promise<EndedCall> {
  const { world } = stage.simulator;
  const { signal } = new AbortController();
  const before = readPage(world, subject);
  const startedAtMs = stage.clock.nowMs();
  const { outcome, isTrue } = await operation.call(stage, subject, { signal, deadlineMs: DEADLINE_MS });
  const tookMs = stage.clock.nowMs() - startedAtMs;
  const after = readPage(world, subject);
  return {
    outcome,
    isTrue: isTrue({ world, before, after }),
    tookMs,
    deadlineMs: DEADLINE_MS,
    // Looked at late: a request that was given up may still arrive.
    get hasEffect() {
      return operation.hasEffect({ world, before, after: readPage(world, subject) });
    },
    get requests() {
      return stage.watch.requestsOf(signal);
    },
  };
}

/** One fault, once or without end, at one operation in one key mode. */
export interface Cell {
  readonly operation: GatewayOperation;
  readonly mode: KeyMode;
  readonly fault?: AnswerFault;
  readonly times: 'once' | 'without-end';
  /** What all requests after the first meet, without end. */
  readonly afterwards?: AnswerFault;
}

const TOPIC = subjectAt(1);
const OTHER = subjectAt(2);
const REPEATING: ReadonlySet<string> = new Set(['replayed', 'replayed-other', 'other-order']);
const LATE_MS = 60_000;
/** So long is the first request on its way where the others meet something else. */
const FIRST_MS = 1_000;

/** What became of a cell. */
export interface CellEnd {
  readonly outcome: EndedCall['outcome'];
  readonly breaches: readonly string[];
}

/** Takes the steps to where a subject is to be. */
export async function prepare(stage: Stage, steps: readonly Step[], subject: Subject): Promise<void> {
  for (const step of steps) {
    const went = await finish(stage.clock, Promise.resolve(step(stage, subject)));
    const isWell = went === undefined || ('ok' in went ? went.ok : went.outcome === 'done');
    if (!isWell) throw new Error(`the stage could not be set: ${JSON.stringify(went)}`);
  }
}

/** Sets the stage for a cell, orders its fault, makes the call, and holds it against the law. */
export async function tryCell(cell: Cell, change: (stage: Stage) => Stage = (stage) => stage): Promise<CellEnd> {
  const { operation, mode, fault, times } = cell;
  const { role = 'ordinary' } = operation;
  const stage = createStage(mode, { role });
  const { simulator, clock } = stage;
  await prepare(stage, operation.prepare, TOPIC);
  if (fault !== undefined && REPEATING.has(fault.effect.kind)) {
    await prepare(stage, operation.prepare, OTHER);
    for (const subject of [OTHER, TOPIC]) await finish(clock, operation.call(stage, subject, {}));
    if (operation.meanwhile !== undefined) await prepare(stage, [operation.meanwhile], TOPIC);
  }
  if (mode === 'switching') stage.client.keys.add(PUBLIC_KEYS);
  if (cell.afterwards !== undefined) {
    const slow = { kind: 'slow', delayMs: FIRST_MS } as const;
    simulator.faults.add({ effect: slow, moment: 'before', aim: { operation: operation.aim }, times: 1 });
  }
  if (fault !== undefined) {
    const count = times === 'once' ? { times: 1 } : {};
    simulator.faults.add({ ...fault, aim: { operation: operation.aim }, ...count });
  }
  const call = tryCall(change(stage), operation, TOPIC);
  if (cell.afterwards !== undefined) {
    await clock.advance(FIRST_MS / 2);
    simulator.faults.add({ ...cell.afterwards, aim: { operation: operation.aim } });
  }
  const ended = await finish(clock, call);
  simulator.faults.clear();
  await clock.advance(LATE_MS);
  const end = { outcome: ended.outcome, breaches: breachesOf(ended) };
  simulator.close();
  return end;
}
