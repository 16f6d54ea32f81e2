import type { HttpResponse } from '@orderkeeper/ports';
import { textResponse } from '../gateway/print-answer.ts';
import type { FaultEffect, SignFlaw, World } from '../world.ts';
import { printAlphabetical } from './json.ts';
import { type Language, messageIn } from './languages.ts';
import { oldSpelling, type V3Failure, type V3Outcome } from './outcome.ts';
import { type Seal, seal } from './seal.ts';

/** What the faults of a call do to the signature. */
export function flawOf(effects: readonly FaultEffect[]): SignFlaw | undefined {
  for (const effect of effects) {
    switch (effect.kind) {
      case 'wrong-sign':
      case 'missing-sign':
      case 'missing-header':
      case 'sign-test':
      case 'wrong-serial':
      case 'stranger-key':
      case 'clock-skew':
      case 'body-changed':
        return effect;
      case 'unsigned-error':
        return { kind: 'missing-sign' };
      case 'connection-refused':
      case 'no-answer':
      case 'reset':
      case 'status':
      case 'html':
      case 'code':
      case 'replayed':
      case 'replayed-other':
      case 'other-order':
      case 'truncated':
      case 'slow':
        continue;
    }
  }
  return undefined;
}

/** What every answer carries, the unsigned ones too. */
const headersIn = (language: Language): Readonly<Record<string, string>> => ({
  server: 'nginx',
  'content-type': 'application/json; charset=utf-8',
  'content-language': language,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache, must-revalidate',
});

const requestId = (world: World, subCode: number): Readonly<Record<string, string>> => ({
  'request-id': `08${Buffer.from(world.random.bytes(18)).toString('hex').toUpperCase()}-${subCode}`,
});

/** How the answers to one call are worded. */
export interface Wording {
  readonly world: World;
  readonly language: Language;
  readonly spelling: 'as-switched' | 'of-combine';
}

/** An answer from before authentication: nothing vouches for it. */
export function printUnsigned(failure: V3Failure, wording: Wording, id: 'present' | 'absent'): HttpResponse {
  const headers = {
    ...headersIn(wording.language),
    ...(id === 'present' ? requestId(wording.world, failure.subCode) : {}),
  };
  return textResponse(failure.status, printFailure(failure, wording), headers);
}

/** The answer of an operation, signed as its merchant's key mode says. */
export function printV3Answer(
  outcome: V3Outcome,
  wording: Wording,
  how: Pick<Seal, 'key' | 'flaw' | 'stranger'>,
): HttpResponse {
  const { world, language } = wording;
  if (outcome.kind === 'file') {
    return { status: 200, headers: { server: 'nginx', 'content-type': outcome.contentType }, body: outcome.bytes };
  }
  const plain = Buffer.from(bodyOf(outcome, wording));
  const isBare = outcome.kind === 'failed' && world.switches.v3ErrorSigning === 'unsigned';
  const nonce = Buffer.from(world.random.bytes(16)).toString('hex');
  const { headers, body } = isBare
    ? { headers: {}, body: plain }
    : seal(plain, { ...how, nonce, nowMs: world.clock.nowMs() });
  const subCode = outcome.kind === 'failed' ? outcome.subCode : 0;
  return {
    status: statusOf(outcome),
    headers: { ...headersIn(language), ...requestId(world, subCode), ...headers },
    body,
  };
}

type Spoken = Exclude<V3Outcome, { readonly kind: 'file' }>;

const statusOf = (outcome: Spoken): number => (outcome.kind === 'empty' ? 204 : outcome.status);

function bodyOf(outcome: Spoken, wording: Wording): string {
  if (outcome.kind === 'empty') return '';
  return outcome.kind === 'done' ? printAlphabetical(outcome.body) : printFailure(outcome, wording);
}

function printFailure(failed: V3Failure, { world: { switches }, language, spelling }: Wording): string {
  const { code, detail } = failed;
  const named = code === 'FREQUENCY_LIMITED' ? switches.v3RateCode : code;
  const isOld =
    switches.v3CodeSpelling === 'old' || (spelling === 'of-combine' && switches.v3CombineSpelling === 'old');
  return printAlphabetical({
    code: isOld ? oldSpelling(named) : named,
    message: messageIn(language, failed),
    ...(detail === undefined ? {} : { detail }),
  });
}
