import type { HttpResponse } from '@orderkeeper/ports';
import { answerMessage, printTimestamp, printWechatpayHeaders, signMessage } from '@orderkeeper/protocol';
import { textResponse } from '../gateway/print-answer.ts';
import type { FaultEffect, World } from '../world.ts';
import { printAlphabetical } from './json.ts';
import type { PlatformKey } from './keys/platform-keys.ts';
import { type Language, messageIn } from './languages.ts';
import { oldSpelling, type V3Failure, type V3Outcome } from './outcome.ts';

/** What spoils a signature, of answers and notices alike. */
export type SignFlaw = 'none' | 'wrong-sign' | 'missing-sign' | 'sign-test' | 'wrong-serial' | 'clock-skew';

const TEN_MINUTES_MS = 10 * 60 * 1000;
const NOBODYS_SERIAL = '7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF';
const NOBODYS_ID = 'PUB_KEY_ID_0199999999992099010100000000000009';

/** The five headers over a body, spoilt where that is ordered. */
export function signedHeaders(
  body: Uint8Array,
  key: PlatformKey,
  { nonce, nowMs, flaw }: { readonly nonce: string; readonly nowMs: number; readonly flaw: SignFlaw },
): Readonly<Record<string, string>> {
  if (flaw === 'missing-sign') return {};
  const timestamp = printTimestamp(flaw === 'clock-skew' ? nowMs - TEN_MINUTES_MS : nowMs);
  const right = signMessage(answerMessage({ timestamp, nonce, body }), key.privateKey);
  const nobody = key.serial.startsWith('PUB_KEY_ID_') ? NOBODYS_ID : NOBODYS_SERIAL;
  const serial = flaw === 'wrong-serial' ? nobody : key.serial;
  return printWechatpayHeaders({ timestamp, nonce, serial, signature: spoilt(right, flaw) });
}

function spoilt(signature: string, flaw: SignFlaw): string {
  if (flaw === 'sign-test') return `WECHATPAY/SIGNTEST/${signature}`;
  return flaw === 'wrong-sign' ? signature.replace(/^./, signature.startsWith('A') ? 'B' : 'A') : signature;
}

/** What the faults of a call do to the signature. */
export function flawOf(effects: readonly FaultEffect[]): SignFlaw {
  for (const { kind } of effects) {
    switch (kind) {
      case 'wrong-sign':
      case 'missing-sign':
      case 'sign-test':
      case 'wrong-serial':
      case 'clock-skew':
        return kind;
      case 'connection-refused':
      case 'no-answer':
      case 'reset':
      case 'status':
      case 'html':
      case 'code':
      case 'truncated':
      case 'slow':
        continue;
    }
  }
  return 'none';
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
export function printV3Answer(outcome: V3Outcome, wording: Wording, key: PlatformKey, flaw: SignFlaw): HttpResponse {
  const { world, language } = wording;
  if (outcome.kind === 'file') {
    return { status: 200, headers: { server: 'nginx', 'content-type': outcome.contentType }, body: outcome.bytes };
  }
  const body = Buffer.from(bodyOf(outcome, wording));
  const isBare = outcome.kind === 'failed' && world.switches.v3ErrorSigning === 'unsigned';
  const nonce = Buffer.from(world.random.bytes(16)).toString('hex');
  const signed = isBare ? {} : signedHeaders(body, key, { nonce, nowMs: world.clock.nowMs(), flaw });
  const subCode = outcome.kind === 'failed' ? outcome.subCode : 0;
  return {
    status: statusOf(outcome),
    headers: { ...headersIn(language), ...requestId(world, subCode), ...signed },
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
