import type { HttpResponse } from '@orderkeeper/ports';
import type { Served } from '../gateway/apply-call.ts';
import { holdUp, obstacleOf, truncated } from '../gateway/apply-faults.ts';
import { textResponse } from '../gateway/print-answer.ts';
import type { RateLimit } from '../gateway/rate-limit.ts';
import type { FaultEffect, SimMerchant, World } from '../world.ts';
import type { V3Arrival } from './arrival.ts';
import { authenticate } from './authenticate.ts';
import { checkMembers } from './check-members.ts';
import type { PlatformKeys } from './keys/platform-keys.ts';
import { languageOf, meaningOf } from './languages.ts';
import type { V3Desk, V3Operation } from './operation.ts';
import { V3_OPERATIONS } from './operations/all.ts';
import { type V3Failure, v3Failed, type V3Outcome } from './outcome.ts';
import { flawOf, printUnsigned, printV3Answer, type Wording } from './print-answer.ts';
import type { V3Route } from './route.ts';

/** Faults first, then path, agent, sender, message and business, in the order observed. */
export async function serveV3(arrival: V3Arrival, world: World, rateLimit: RateLimit): Promise<Served> {
  const before = world.faults.match(arrival.subject, 'before');
  const faults = before.map(({ kind }) => kind);
  await holdUp(before, world.baseClock);
  const obstacle = obstacleOf(before, arrival.subject.host);
  if (obstacle !== undefined) {
    const explanation = `a fault (${faults.join(', ')}) kept the call from being applied`;
    return { result: obstacle, verdict: 'fault', explanation, faults };
  }
  const { route } = arrival;
  const { keys } = world.v3;
  if (route.kind !== 'found') return { ...lost(arrival, route, world), faults };
  if (keys === undefined) {
    const explanation = 'this simulator was created without the option platform and has no keys for APIv3';
    return { result: textResponse(501, `${explanation}\n`), verdict: 'unknown-path', explanation, faults };
  }
  const sender = authenticate(arrival, route.operation, world);
  if (!('kind' in sender)) return apply({ arrival, route, merchant: sender, keys, rateLimit }, before, world);
  const { failure, requestId, verdict, explanation, signedText } = sender;
  const result = printUnsigned(failure, wordingOf(arrival, route.operation, world), requestId);
  return { result, verdict, explanation, faults, ...(signedText === undefined ? {} : { signedText }) };
}

const KNOWN = [...new Set(V3_OPERATIONS.map(({ method, path }) => `${method} ${path}`))].join(', ');

function lost({ url, request }: V3Arrival, route: V3Route, { switches }: World): Omit<Served, 'faults'> {
  if (route.kind === 'other-method') {
    const explanation = `${url.pathname} does not take ${request.method}`;
    return { result: empty(405), verdict: 'bad-request', explanation };
  }
  const explanation = `the simulator does not know the path ${url.pathname} of APIv3; it knows ${KNOWN}`;
  const result = switches.v3UnknownPath === '404' ? empty(404) : textResponse(501, `${explanation}\n`);
  return { result, verdict: 'unknown-path', explanation };
}

const empty = (status: number): HttpResponse => ({ status, headers: { server: 'nginx' }, body: new Uint8Array() });

const wordingOf = ({ request }: V3Arrival, { spelling = 'as-switched' }: V3Operation, world: World): Wording => ({
  world,
  language: languageOf(request.headers['accept-language']),
  spelling,
});

interface Admitted {
  readonly arrival: V3Arrival;
  readonly route: Extract<V3Route, { readonly kind: 'found' }>;
  readonly merchant: SimMerchant;
  readonly keys: PlatformKeys;
  readonly rateLimit: RateLimit;
}

async function apply(admitted: Admitted, before: readonly FaultEffect[], world: World): Promise<Served> {
  const ordered = orderedBy(before);
  const outcome = ordered ?? decide(admitted, world);
  const { host } = admitted.arrival.subject;
  const after = world.faults.match(admitted.arrival.subject, 'after');
  await holdUp(after, world.baseClock);
  const effects = [...before, ...after];
  const told = orderedBy(after) ?? outcome;
  return {
    result: obstacleOf(after, host) ?? truncated(tell(admitted, told, effects, world), effects),
    verdict: ordered === undefined ? verdictOf(outcome) : 'fault',
    explanation: explain(outcome),
    faults: effects.map(({ kind }) => kind),
  };
}

/** Prints the answer, or what a fault has put in its place; true answers are kept for those who replay them. */
function tell(
  { arrival, route, merchant, keys }: Admitted,
  outcome: V3Outcome,
  effects: readonly FaultEffect[],
  world: World,
): HttpResponse {
  const { answers } = world.v3;
  const [scope, topic] = [`${merchant.mchid} ${route.operation.name}`, arrival.subject.outTradeNo];
  const kinds = new Set(effects.map(({ kind }) => kind));
  const replayed = kinds.has('replayed') ? answers.ofSame(scope, topic) : undefined;
  const replayedOther = kinds.has('replayed-other') ? answers.ofOther(scope, topic) : undefined;
  const response = (replayed ?? replayedOther)?.response;
  if (response !== undefined) return response;
  const other = kinds.has('other-order') ? answers.ofOther(scope, topic) : undefined;
  const asked = arrival.request.headers['wechatpay-serial'] ?? '';
  const key = keys.answerKey(merchant.mchid, asked, world.settings);
  const how = { key, flaw: flawOf(effects), stranger: keys.stranger };
  const printed = printV3Answer(other?.outcome ?? outcome, wordingOf(arrival, route.operation, world), how);
  const isTrue = effects.every(({ kind }) => kind === 'slow');
  if (isTrue && outcome.kind !== 'file') answers.keep(scope, topic, { response: printed, outcome });
  return printed;
}

/** Message first, then business. */
function decide({ arrival, route, merchant, rateLimit }: Admitted, world: World): V3Outcome {
  const { operation, params } = route;
  const { callsPerSecondMax } = world.settings;
  const nowMs = world.clock.nowMs();
  if (rateLimit(`${merchant.mchid} ${operation.name}`, nowMs, callsPerSecondMax) === 'beyond') {
    return v3Failed('FREQUENCY_LIMITED', '请求频率超限，请降低频率后重试');
  }
  const { url, request, body = {} } = arrival;
  const query = Object.fromEntries(url.searchParams);
  const flaw = checkMessage(arrival, operation, query, world);
  if (flaw !== undefined) return flaw;
  const desk: V3Desk = {
    world,
    ledger: world.ledger,
    merchant,
    params,
    query,
    body,
    headers: request.headers,
    origin: url.origin,
    nowMs,
  };
  return operation.run(desk);
}

/** Four bytes of UTF-8 are two units of UTF-16. */
const FOUR_BYTES = /[\ud800-\udfff]/;

function checkMessage(
  arrival: V3Arrival,
  operation: V3Operation,
  query: Readonly<Record<string, string>>,
  world: World,
): V3Failure | undefined {
  const unknownMember = world.switches.v3UnknownMember;
  const rules = operation.body?.(world);
  if (rules !== undefined && (arrival.body === undefined || arrival.bodyText === '')) {
    return v3Failed('PARAM_ERROR', '请求体不是合法的 JSON 对象', { detail: { location: 'body', value: '' } });
  }
  if (FOUR_BYTES.test(arrival.bodyText)) {
    return v3Failed('PARAM_ERROR', '请求体含有不支持的四字节字符', { detail: { location: 'body', value: '' } });
  }
  const ofQuery = checkMembers(query, operation.query, { location: 'query', unknownMember });
  if (ofQuery !== undefined || rules === undefined) return ofQuery;
  // Observed: the one member of a close is reported as if it stood in the path.
  const location = operation.name === 'v3/close' ? 'uri_template' : 'body';
  return checkMembers(arrival.body ?? {}, rules, { location, unknownMember });
}

const FAULT_CODES = {
  SYSTEMERROR: v3Failed('SYSTEM_ERROR', '系统异常，请稍后重试'),
  FREQUENCY_LIMITED: v3Failed('FREQUENCY_LIMITED', '请求频率超限，请降低频率后重试'),
  BANKERROR: v3Failed('BANK_ERROR', '银行系统异常'),
} as const;

/** An error that a fault puts in the place of what the operation would say, or has said. */
function orderedBy(effects: readonly FaultEffect[]): V3Failure | undefined {
  for (const effect of effects) {
    if (effect.kind === 'code') return FAULT_CODES[effect.code];
    if (effect.kind === 'unsigned-error') return v3Failed(effect.code, meaningOf(effect.code));
  }
  return undefined;
}

const verdictOf = ({ kind }: V3Outcome): 'business-failure' | 'accepted' =>
  kind === 'failed' ? 'business-failure' : 'accepted';

function explain(outcome: V3Outcome): string {
  switch (outcome.kind) {
    case 'done':
    case 'empty':
      return 'done';
    case 'file':
      return `a file of ${outcome.bytes.length} bytes`;
    case 'failed':
      return `${outcome.code}: ${outcome.message}`;
  }
}
