import { failure, ok, type Result } from '../../values/result.ts';
import type { ApiV3Key } from '../../values/secret.ts';
import type { FieldReason } from '../../v2/field-table.ts';
import { AEAD_ALGORITHM, type AeadReason, openSealedText } from '../cipher/aead.ts';
import { instant, oneOf, optional, text } from '../json/json-kinds.ts';
import { type JsonTable, readJson } from '../json/json-table.ts';
import { type JsonObject, type JsonTextReason, readDecodedJson, readJsonText } from '../json/json-value.ts';
import { type AnswerVerifyReason, verifyAnswer, type VerifyRequest } from '../sign/verify.ts';

/** What a notice says of itself, whatever it is about. */
export interface NoticeEnvelope {
  /** Whether one that is sent again keeps it is not known: tell doubles by the order's or the refund's number. */
  readonly id: string;
  readonly eventType: string;
  /** When the notice was made, UTC milliseconds; one that is sent again keeps it, and may be a day old. */
  readonly createdAtMs?: number;
  readonly summary?: string;
  /** Which key vouches for it. */
  readonly serial: string;
}

/** A verified notice with what it sealed. */
export interface OpenedNotice {
  readonly envelope: NoticeEnvelope;
  readonly resource: JsonObject;
}

/** How a notice is judged. */
export interface V3NoticeRequest extends VerifyRequest {
  readonly apiV3Key: ApiV3Key;
}

/** Why a notice is not even opened, or not read. */
export type NoticeEnvelopeReason = AnswerVerifyReason | JsonTextReason | FieldReason | AeadReason;

const ENVELOPE: JsonTable<Omit<NoticeEnvelope, 'serial'>> = {
  id: text(64)('id'),
  eventType: text(64)('event_type'),
  createdAtMs: optional(instant)('create_time'),
  summary: optional(text(64))('summary'),
};

interface SealedResource {
  readonly algorithm: typeof AEAD_ALGORITHM;
  readonly ciphertext: string;
  readonly nonce: string;
  readonly associatedData?: string;
}

const RESOURCE: JsonTable<SealedResource> = {
  algorithm: oneOf<typeof AEAD_ALGORITHM>(AEAD_ALGORITHM)('resource.algorithm'),
  ciphertext: text(1_048_576)('resource.ciphertext'),
  nonce: text(32)('resource.nonce'),
  associatedData: optional(text(64))('resource.associated_data'),
};

/**
 * Verifies a notice over its raw body, then opens what it sealed. Nothing of the body is looked at before it is
 * verified.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791861
 */
export function openNotice(request: V3NoticeRequest): Result<OpenedNotice, NoticeEnvelopeReason> {
  const verified = verifyAnswer(request);
  if (!verified.ok) return verified;
  const object = readJsonText(request.body);
  if (!object.ok) return object;
  const envelope = readJson(ENVELOPE, object.value);
  if (!envelope.ok) return envelope;
  const sealed = readJson(RESOURCE, object.value);
  if (!sealed.ok) return sealed;
  const { ciphertext, nonce, associatedData = '' } = sealed.value;
  const opened = openSealedText({ ciphertext, nonce, associatedData }, request.apiV3Key);
  if (!opened.ok) return opened;
  const resource = readDecodedJson(opened.value);
  if (!resource.ok) return failure(resource.reason, 'what the notice sealed is no JSON object');
  return ok({ envelope: Object.assign(envelope.value, { serial: verified.value.serial }), resource: resource.value });
}
