import type { Clock, Http, HttpRequest, HttpResponse, HttpTimeLimits, Random } from '@orderkeeper/ports';
import { sleep } from '@orderkeeper/ports';
import { failure, type Result } from '@orderkeeper/protocol';
import { nextStep, type Step } from './core/next-step.ts';
import type { LocalCode } from './core/local-codes.ts';
import { abortedOutcome, mayHaveTakenEffect, outcomeOf, refusal, unknown } from './core/outcome-of.ts';
import type { Verdict } from './core/verdict.ts';
import { exchangeWithin } from './exchange-within.ts';
import type { HostRole, HostSwitch } from './host-switch.ts';
import { guarded, type Observe } from './observe.ts';
import type { Attempt, CallRecord, Outcome, Rejected, Unknown } from './outcome.ts';

/** What a caller may say about one call. */
export interface CallOptions {
  /** Aborts the call; see the outcomes `ABORTED_BEFORE_SENDING` and `aborted`. */
  readonly signal?: AbortSignal;
  /** The call has its outcome after this time at the latest, repetitions and waits included, in milliseconds. */
  readonly deadlineMs?: number;
}

/** Everything that the calls of one client share. */
export interface CallWorld {
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  readonly mchid: string;
  readonly observe?: Observe;
  readonly nextCallId: () => number;
  readonly exchanges: ExchangeCounter;
}

/** Counts the requests that are out, so that a call can know whether others wait for the thread. */
export interface ExchangeCounter {
  readonly begin: () => void;
  readonly end: () => void;
  readonly outCount: () => number;
}

function createExchangeCounter(): ExchangeCounter {
  let outCount = 0;
  return {
    begin: () => {
      outCount += 1;
    },
    end: () => {
      outCount -= 1;
    },
    outCount: () => outCount,
  };
}

/** Creates what the calls of one merchant share. */
export function createCallWorld(
  { http, clock, random, observe }: Pick<CallWorld, 'http' | 'clock' | 'random' | 'observe'>,
  mchid: string,
): CallWorld {
  let callsCount = 0;
  return {
    http,
    clock,
    random,
    mchid,
    ...(observe === undefined ? {} : { observe: guarded(observe) }),
    nextCallId: () => (callsCount += 1),
    exchanges: createExchangeCounter(),
  };
}

/** One call, independent of the API it belongs to. */
export interface Call<Answer> {
  readonly operation: string;
  readonly effect: 'reads' | 'changes';
  readonly afterUnknown: 'repeat' | 'query';
  readonly hosts: HostSwitch;
  readonly timeLimits: HttpTimeLimits;
  readonly deadlineMs: number;
  readonly outTradeNo?: string;
  /** The request to a host, fresh for every attempt, or why it cannot be made. It ends before `patience` does. */
  readonly prepare: (address: string, timeLimits: HttpTimeLimits, patience: Patience) => Prepared | Promise<Prepared>;
  /** What an answer is worth; it ends before `patience` does. */
  readonly judge: (response: HttpResponse, patience: Patience) => Verdict<Answer> | Promise<Verdict<Answer>>;
}

/** How long a call may wait for what it needs. */
export interface Patience {
  /** UTC milliseconds. */
  readonly deadlineAtMs: number;
  readonly signal: AbortSignal | undefined;
}

/** A request, or why there is none: then nothing is sent. */
export type Prepared = Result<HttpRequest, LocalCode | 'keys-not-fetched' | 'aborted'>;

/** Makes attempts until {@link nextStep} stops or no time is left; never rejects. */
export function makeCall<Answer>(world: CallWorld, call: Call<Answer>, options: CallOptions): Promise<Outcome<Answer>> {
  const course = { callId: world.nextCallId(), startedAtMs: world.clock.nowMs() };
  const { observe } = world;
  return observe === undefined
    ? attemptAll(world, call, options, course)
    : attemptObserved({ ...world, observe }, call, options, course);
}

async function attemptObserved<Answer>(
  world: CallWorld & { readonly observe: Observe },
  call: Call<Answer>,
  options: CallOptions,
  course: Course,
): Promise<Outcome<Answer>> {
  const { clock, mchid, observe } = world;
  const { callId, startedAtMs: atMs } = course;
  const { operation, outTradeNo } = call;
  const subject = outTradeNo === undefined ? {} : { outTradeNo };
  observe({ kind: 'call-started', callId, operation, mchid, ...subject, atMs });
  const outcome = await attemptAll(world, call, options, course);
  observe({
    kind: 'call-finished',
    callId,
    operation,
    outcome: outcome.outcome,
    ...('code' in outcome && outcome.code !== undefined ? { code: outcome.code } : {}),
    ...('reason' in outcome ? { reason: outcome.reason } : {}),
    attemptsCount: outcome.attempts.length,
    tookMs: outcome.tookMs,
    atMs: clock.nowMs(),
  });
  return outcome;
}

interface Course {
  readonly callId: number;
  readonly startedAtMs: number;
}

async function attemptAll<Answer>(
  world: CallWorld,
  call: Call<Answer>,
  options: CallOptions,
  { callId, startedAtMs }: Course,
): Promise<Outcome<Answer>> {
  const { clock, observe } = world;
  const { signal } = options;
  const deadlineAtMs = startedAtMs + (options.deadlineMs ?? call.deadlineMs);
  const attempts: Attempt[] = [];
  const isAborted = (): boolean => signal?.aborted === true;
  if (isAborted()) return abortedOutcome({ attempts, tookMs: 0 });
  if (startedAtMs >= deadlineAtMs) {
    return refusal('NO_TIME_LEFT', 'deadlineMs is not above 0', { attempts, tookMs: 0 });
  }
  let before: 'without-effect' | 'maybe-with-effect' = 'without-effect';
  let role = call.hosts.first(startedAtMs);
  let last: Verdict<Answer> | undefined;

  for (;;) {
    const made = await attempt(world, call, role, { deadlineAtMs, signal });
    if (!made.ok) {
      const tookMs = clock.nowMs() - startedAtMs;
      // What an earlier attempt has shown stands: that the next was not made takes nothing back.
      if (last !== undefined && made.reason !== 'aborted') return outcomeOf(last, before, attempts, tookMs);
      return unprepared(made, { attempts, tookMs });
    }
    const { verdict } = made;
    last = verdict;
    attempts.push(made.attempt);
    const attemptNumber = attempts.length;
    observe?.({ kind: 'attempt-finished', callId, operation: call.operation, attemptNumber, attempt: made.attempt });

    const step = nextStep(call, verdict, { attemptNumber, hosts: call.hosts.count });
    const waitMs = waitOf(step, world.random);
    const isLast = step.kind === 'stop' || clock.nowMs() + waitMs >= deadlineAtMs;
    if (!isLast && waitMs > 0) await sleep(clock, waitMs, signal);
    const nowMs = clock.nowMs();
    if (!isLast && isAborted()) return abortedOutcome({ attempts, tookMs: nowMs - startedAtMs });
    // A real clock may wake up late: the last verdict stands then, as if there had been no time to wait.
    if (isLast || nowMs >= deadlineAtMs) return outcomeOf(verdict, before, attempts, nowMs - startedAtMs);
    if (mayHaveTakenEffect(call.effect, verdict)) before = 'maybe-with-effect';
    if (step.host === 'other') role = call.hosts.other(role);
  }
}

function waitOf(step: Step, random: Random): number {
  if (step.kind === 'stop' || step.waitMsMax === 0) return 0;
  return Math.round(step.waitMsMin + random.fraction() * (step.waitMsMax - step.waitMsMin));
}

type Unprepared = Exclude<Prepared, { readonly ok: true }>;

function unprepared({ reason, message }: Unprepared, record: CallRecord): Rejected | Unknown {
  if (reason === 'aborted') return abortedOutcome(record);
  return reason === 'keys-not-fetched' ? unknown(reason, message, record) : refusal(reason, message, record);
}

type Made<Answer> = { readonly ok: true; readonly attempt: Attempt; readonly verdict: Verdict<Answer> } | Unprepared;

async function attempt<Answer>(
  { http, clock, exchanges }: CallWorld,
  call: Call<Answer>,
  role: HostRole,
  patience: Patience,
): Promise<Made<Answer>> {
  const { deadlineAtMs, signal } = patience;
  const { connectMs, answerMs } = call.timeLimits;
  const begunAtMs = clock.nowMs();
  // The limit for connecting stays as it is: connections are pooled by it. The exchange as a whole is cut anyway.
  const answerMsLeft = deadlineAtMs - begunAtMs;
  const timeLimits = answerMsLeft < answerMs ? { connectMs, answerMs: answerMsLeft } : call.timeLimits;
  const address = call.hosts.addressOf(role);
  const preparing = call.prepare(address, timeLimits, patience);
  const isAside = preparing instanceof Promise;
  const prepared = isAside ? await preparing : preparing;
  if (!prepared.ok) return prepared;
  const startedAtMs = isAside ? clock.nowMs() : begunAtMs;
  const remainingMs = deadlineAtMs - startedAtMs;
  if (isAside && signal?.aborted === true) return failure('aborted', 'the signal of the call was aborted');
  if (remainingMs <= 0) return failure('NO_TIME_LEFT', 'making the request took until the deadline');

  const request = signal === undefined ? prepared.value : { ...prepared.value, signal };
  exchanges.begin();
  const exchanged = await exchangeWithin(http, clock, request, Math.min(connectMs + answerMs, remainingMs));
  exchanges.end();
  const endedAtMs = clock.nowMs();
  const tookMs = endedAtMs - startedAtMs;
  if (exchanged.kind === 'no-answer') {
    const { reason, delivery } = exchanged;
    call.hosts.note(role, reason, endedAtMs);
    return { ok: true, attempt: { host: address, startedAtMs, tookMs, failure: reason, delivery }, verdict: exchanged };
  }
  call.hosts.note(role, 'reached', endedAtMs);
  const { status } = exchanged.response;
  const judged = call.judge(exchanged.response, patience);
  const verdict = judged instanceof Promise ? await judged : judged;
  const answered: Attempt = { host: address, startedAtMs, tookMs, status, delivery: 'maybe-sent' };
  const code = codeOf(verdict);
  return { ok: true, attempt: code === undefined ? answered : { ...answered, code }, verdict };
}

function codeOf(verdict: Verdict<unknown>): string | undefined {
  switch (verdict.kind) {
    case 'code':
      return verdict.code;
    case 'unusable':
      return verdict.told?.code;
    case 'done':
    case 'no-answer':
      return undefined;
  }
}
