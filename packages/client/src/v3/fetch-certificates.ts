import type { Line } from '../line.ts';
import type { HttpResponse } from '@orderkeeper/ports';
import {
  type AnswerVerifyReason,
  type CertificatesReason,
  JSON_BYTES_MAX,
  type KeyRing,
  ok,
  readVerifiedCertificates,
  v3Certificates,
  type VerificationKey,
} from '@orderkeeper/protocol';
import type { UnusableVerdict, Verdict } from '../core/verdict.ts';
import { makeCall } from '../make-call.ts';
import type { Outcome } from '../outcome.ts';
import { quietBytes } from '../quiet-bytes.ts';
import { judgeUnsignedFailure } from './judge.ts';
import { signRequest } from './sign-request.ts';
import type { V3Merchant } from './v3-merchant.ts';

/**
 * Fetches the platform certificates and answers with `ring` and them. A refusal is believed unsigned: a merchant without
 * any key could not verify it, and nothing follows from it but a sentence.
 */
export function fetchCertificates(
  { merchant, world, hosts, timeLimits, deadlineMs }: Line<V3Merchant>,
  ring: KeyRing,
  announced: VerificationKey | undefined,
): Promise<Outcome<KeyRing>> {
  const printed = v3Certificates.printRequest({}, { appid: merchant.appid, mchid: merchant.mchid });
  if (!printed.ok) throw new TypeError(printed.message);
  const { clock, random } = world;
  const serial = announced?.serial;
  const judge = (response: HttpResponse): Verdict<KeyRing> => {
    const { status, headers, body } = response;
    if (!v3Certificates.success.includes(status)) return judgeUnsignedFailure(v3Certificates, response, 'believed');
    const { apiV3Key } = merchant;
    const read = readVerifiedCertificates({ headers, body, keys: ring, nowMs: clock.nowMs(), apiV3Key });
    if (read.ok) return { kind: 'done', answer: read.value, vouched: { answerBytes: quietBytes(body) } };
    return { kind: 'unusable', reason: reasonOf(read.reason), status, message: read.message };
  };
  return makeCall(
    world,
    {
      operation: v3Certificates.name,
      effect: v3Certificates.effect,
      afterUnknown: v3Certificates.afterUnknown,
      hosts,
      timeLimits,
      deadlineMs,
      prepare: (address, limits) => {
        const framed = { address, timeLimits: limits, answerBytesMax: JSON_BYTES_MAX, serial };
        return ok(signRequest({ merchant, random, nowMs: clock.nowMs(), request: printed.value, ...framed }));
      },
      judge,
    },
    {},
  );
}

function reasonOf(reason: CertificatesReason | AnswerVerifyReason): UnusableVerdict['reason'] {
  switch (reason) {
    case 'not-a-public-key-id':
    case 'not-pem':
    case 'not-rsa-2048':
    case 'key-mismatch':
    case 'serial-mismatch':
      return 'field-invalid';
    case 'too-large':
    case 'not-json':
    case 'not-an-object':
    case 'field-missing':
    case 'field-invalid':
    case 'sealed-text-unreadable':
    case 'header-missing':
    case 'header-malformed':
    case 'unknown-serial':
    case 'key-not-valid':
    case 'clock-skew':
    case 'probe':
    case 'signature-mismatch':
      return reason;
  }
}
