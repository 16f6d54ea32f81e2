import { type Clock, HttpFailure, type HttpResponse, sleep } from '@orderkeeper/ports';
import { failed, type Outcome, type SimOperation } from '../operations/operation.ts';
import type { FaultEffect } from '../world.ts';
import { type Tampering, textResponse } from './print-answer.ts';

/** What the caller sees instead of an answer made by the operation. */
export type Obstacle = HttpResponse | HttpFailure;

const HTML =
  '<html>\n<head><title>502 Bad Gateway</title></head>\n<body><center><h1>502 Bad Gateway</h1></center></body>\n</html>\n';
const HTML_HEADERS = { 'content-type': 'text/html' };

/** The first effect that stands in the way of any answer. */
export function obstacleOf(effects: readonly FaultEffect[], host: string): Obstacle | undefined {
  for (const effect of effects) {
    const obstacle = obstacleOfEffect(effect, host);
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}

function obstacleOfEffect(effect: FaultEffect, host: string): Obstacle | undefined {
  switch (effect.kind) {
    case 'connection-refused':
      return new HttpFailure('connection-refused', 'not-sent', `${host} refuses the connection`);
    case 'no-answer':
      return new HttpFailure('answer-timeout', 'maybe-sent', `${host} does not answer`);
    case 'reset':
      return new HttpFailure('connection-lost', 'maybe-sent', `${host} has reset the connection`);
    case 'status':
      return textResponse(effect.status, HTML, HTML_HEADERS);
    case 'html':
      return textResponse(200, HTML, HTML_HEADERS);
    case 'code':
    case 'wrong-sign':
    case 'missing-sign':
    case 'missing-header':
    case 'sign-test':
    case 'wrong-serial':
    case 'stranger-key':
    case 'clock-skew':
    case 'body-changed':
    case 'unsigned-error':
    case 'replayed':
    case 'replayed-other':
    case 'other-order':
    case 'truncated':
    case 'slow':
      return undefined;
  }
}

/** Waits as long as the effects say, in the time of sockets. */
export async function holdUp(effects: readonly FaultEffect[], clock: Clock): Promise<void> {
  const delayMs = effects.reduce((sum, effect) => (effect.kind === 'slow' ? sum + effect.delayMs : sum), 0);
  if (delayMs > 0) await sleep(clock, delayMs);
}

/** What the effects do to the sign. */
export function tamperingOf(effects: readonly FaultEffect[]): Tampering {
  if (effects.some(({ kind }) => kind === 'missing-sign')) return 'missing-sign';
  return effects.some(({ kind }) => kind === 'wrong-sign') ? 'wrong-sign' : 'none';
}

/** Cuts the answer in its middle when an effect says so. */
export function truncated(response: HttpResponse, effects: readonly FaultEffect[]): HttpResponse {
  if (!effects.some(({ kind }) => kind === 'truncated')) return response;
  return { ...response, body: response.body.subarray(0, Math.floor(response.body.length / 2)) };
}

const CODE_TEXTS = { FREQUENCY_LIMITED: '你的操作过于频繁，请稍后再试。', BANKERROR: '银行系统异常' } as const;

/** The answer with a code that an effect puts in the place of the operation's own, in the words of that operation. */
export function codeOutcomeOf(effects: readonly FaultEffect[], operation: SimOperation): Outcome | undefined {
  for (const effect of effects) {
    if (effect.kind !== 'code') continue;
    const text = effect.code === 'SYSTEMERROR' ? operation.systemErrorText : CODE_TEXTS[effect.code];
    return operation.refusals === 'bill' ? { kind: 'refused', text, errorCode: '20003' } : failed(effect.code, text);
  }
  return undefined;
}
