import { type Http, HttpFailure, type HttpRequest, type HttpResponse, sleep } from '@orderkeeper/ports';
import { readXml } from '@orderkeeper/protocol';
import { OPERATIONS } from '../operations/all.ts';
import type { Outcome, SimOperation } from '../operations/operation.ts';
import type { Call, CallVerdict, FaultEffect, FaultSubject, World } from '../world.ts';
import { codeOutcomeOf, delayOf, type Obstacle, obstacleOf, tamperingOf, truncated } from './apply-faults.ts';
import { certificatePage } from './certificate.ts';
import { type Accepted, bytesOf, examine, type Rejected } from './examine.ts';
import { type AnswerFrame, printAnswer, printRefusal, textResponse } from './print-answer.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { refusalOutcome } from './refusals.ts';

/** A request with what can be said of it before anything is checked. */
interface Arrival {
  readonly request: HttpRequest;
  readonly url: URL;
  readonly operation: SimOperation | undefined;
  readonly subject: FaultSubject;
  readonly record: Pick<
    Call,
    'atMs' | 'method' | 'host' | 'path' | 'operation' | 'mchid' | 'outTradeNo' | 'requestText' | 'fields'
  >;
}

/** What became of an arrival. */
interface Served {
  readonly result: Obstacle;
  readonly verdict: CallVerdict;
  readonly explanation: string;
  readonly signedText?: string;
  readonly faults: readonly FaultEffect['kind'][];
}

const BY_PATH: ReadonlyMap<string, SimOperation> = new Map(OPERATIONS.map((operation) => [operation.path, operation]));

/** Answers a path that is no operation of WeChat Pay; `undefined` when it knows none such. */
export type OtherDesk = (url: URL) => HttpResponse | undefined;

/**
 * Creates WeChat Pay's side of the wire: one function for every path under any host. Every call is written down.
 * What is no operation goes to `otherDesk`, else ends in 501.
 */
export function createGateway(world: World, otherDesk: OtherDesk = () => undefined): Http {
  const rateLimit = createRateLimit();
  return async (request) => {
    const arrival = arrive(request, world);
    const served = await serve(arrival, world, { rateLimit, otherDesk });
    const { result } = served;
    world.calls.add({
      ...arrival.record,
      verdict: served.verdict,
      explanation: served.explanation,
      ...(served.signedText === undefined ? {} : { signedText: served.signedText }),
      answerStatus: result instanceof HttpFailure ? 0 : result.status,
      answerText: result instanceof HttpFailure ? '' : readable(result.body),
      faults: served.faults,
    });
    if (result instanceof HttpFailure) throw result;
    return result;
  };
}

function arrive(request: HttpRequest, world: World): Arrival {
  const url = new URL(request.url);
  const host = request.headers['host'] ?? url.host;
  const operation = BY_PATH.get(url.pathname);
  const bytes = bytesOf(request);
  const read = readXml(bytes);
  const fields = read.ok ? read.value : new Map<string, string>();
  const subject: FaultSubject = {
    operation: operation?.name ?? '',
    path: url.pathname,
    host,
    mchid: fields.get('mch_id') ?? '',
    outTradeNo: fields.get('out_trade_no') ?? '',
  };
  const record = {
    ...subject,
    atMs: world.clock.nowMs(),
    method: request.method,
    requestText: readable(bytes),
    fields,
  };
  return { request, url, operation, subject, record };
}

/** Calls are shown to people: a large body is cut. */
const SHOWN_BYTES_MAX = 20_000;
const readable = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, SHOWN_BYTES_MAX));

/** What a gateway keeps for itself. */
interface Own {
  readonly rateLimit: RateLimit;
  readonly otherDesk: OtherDesk;
}

async function serve(arrival: Arrival, world: World, { rateLimit, otherDesk }: Own): Promise<Served> {
  const { subject, operation, request } = arrival;
  const before = world.faults.match(subject, 'before');
  const beforeKinds = before.map(({ kind }) => kind);
  await holdUp(before, request, world);
  const obstacle = obstacleOf(before, subject.host);
  if (obstacle !== undefined) {
    return {
      result: obstacle,
      verdict: 'fault',
      explanation: `a fault (${beforeKinds.join(', ')}) kept the call from being applied`,
      faults: beforeKinds,
    };
  }
  if (operation === undefined) {
    const result = otherDesk(arrival.url);
    return result === undefined
      ? unknownPath(arrival)
      : { result, verdict: 'accepted', explanation: 'done', faults: beforeKinds };
  }
  const examined = examine(operation, request, world, rateLimit);
  if (examined.kind === 'rejected') return rejectedBy(operation, examined, world, beforeKinds);
  return apply(arrival, operation, examined, before, world);
}

async function apply(
  arrival: Arrival,
  operation: SimOperation,
  accepted: Accepted,
  before: readonly FaultEffect[],
  world: World,
): Promise<Served> {
  const ordered = codeOutcomeOf(before, operation);
  const outcome = ordered ?? accepted.outcome ?? run(arrival, operation, accepted, world);
  const after = world.faults.match(arrival.subject, 'after');
  await holdUp(after, arrival.request, world);
  const effects = [...before, ...after];
  const told = codeOutcomeOf(after, operation) ?? outcome;
  const answer = (): Obstacle =>
    told.kind === 'silence'
      ? new HttpFailure('answer-timeout', 'maybe-sent', `${arrival.subject.host} does not answer`)
      : truncated(printAnswer(frameOf(operation, accepted, world), told, tamperingOf(effects)), effects);
  return {
    result: obstacleOf(after, arrival.subject.host) ?? answer(),
    verdict:
      outcome.kind === 'done' || outcome.kind === 'file'
        ? 'accepted'
        : ordered === undefined
          ? 'business-failure'
          : 'fault',
    explanation: explain(outcome),
    faults: effects.map(({ kind }) => kind),
  };
}

function run(
  { request }: Arrival,
  operation: SimOperation,
  { fields, merchant, signType }: Accepted,
  world: World,
): Outcome {
  const ledgers = {
    production: world.ledger,
    'sandbox-old': world.sandboxLedgers.old,
    'sandbox-new': world.sandboxLedgers.new,
  };
  const ledger = ledgers[operation.book];
  return operation.run({
    world,
    ledger,
    merchant,
    fields,
    signType,
    headers: request.headers,
    nowMs: world.clock.nowMs(),
  });
}

const frameOf = (operation: SimOperation, { fields, key, signType }: Accepted, world: World): AnswerFrame => ({
  operation,
  request: fields,
  key,
  signType,
  nonce: world.ids.token(16),
  order: world.switches.answerOrder,
  unknownField: world.switches.unknownField,
});

function explain(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'done':
      return 'done';
    case 'file':
      return `a file of ${outcome.bytes.length} bytes`;
    case 'failed':
      return `${outcome.code}: ${outcome.text}`;
    case 'refused':
      return outcome.text;
    case 'silence':
      return 'the answer is kept back, as the case asks for';
  }
}

async function holdUp(effects: readonly FaultEffect[], request: HttpRequest, world: World): Promise<void> {
  const delayMs = delayOf(effects);
  if (delayMs > 0) await sleep(world.baseClock, delayMs, request.signal);
}

function unknownPath({ url }: Arrival): Served {
  const explanation = `the simulator does not know the path ${url.pathname}; it knows ${[...BY_PATH.keys()].join(', ')}`;
  return { result: textResponse(501, `${explanation}\n`), verdict: 'unknown-path', explanation, faults: [] };
}

function rejectedBy(
  operation: SimOperation,
  rejected: Rejected,
  world: World,
  faults: readonly FaultEffect['kind'][],
): Served {
  const { verdict, explanation, signedText } = rejected;
  const result = printRejection(operation, rejected, world);
  return { result, verdict, explanation, faults, ...(signedText === undefined ? {} : { signedText }) };
}

function printRejection(operation: SimOperation, { refusal, field }: Rejected, world: World): HttpResponse {
  const html = { 'content-type': 'text/html' };
  if (refusal === 'no-certificate')
    return textResponse(400, certificatePage('No required SSL certificate was sent'), html);
  if (refusal === 'broken-certificate') return textResponse(400, certificatePage('The SSL certificate error'), html);
  const outcome = refusalOutcome(operation.refusals, refusal, field);
  if (outcome.kind !== 'refused') throw new Error('a refusal is unsigned');
  const isOldText =
    refusal === 'bad-signature' && operation.refusals === 'order' && world.switches.signErrorText === 'old';
  return printRefusal(isOldText ? { ...outcome, text: '签名错误' } : outcome);
}
