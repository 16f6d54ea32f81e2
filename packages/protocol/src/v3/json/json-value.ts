import { failure, ok, type Result } from '../../values/result.ts';

/** What a request may consist of. There is no null in it: WeChat Pay refuses it. */
export type JsonValue = string | number | boolean | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** The members of a received JSON object, nothing inherited; a map, so that no name is special (`__proto__`). */
export type JsonObject = ReadonlyMap<string, unknown>;

/** Why a body is not the JSON it should be. */
export type JsonTextReason = 'too-large' | 'not-json' | 'not-an-object';

/** The largest message read. The largest documented part of one, a sealed text, has a million characters. */
export const JSON_BYTES_MAX = 2_097_152;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Reads a body as one JSON object. */
export function readJsonText(body: Uint8Array): Result<JsonObject, JsonTextReason> {
  if (body.length > JSON_BYTES_MAX) {
    return failure('too-large', `the message has ${body.length} bytes, allowed are ${JSON_BYTES_MAX}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(body));
  } catch {
    return failure('not-json', 'the message is not JSON in UTF-8');
  }
  const object = objectOf(value);
  return object === undefined ? failure('not-an-object', 'the message is JSON, but no object') : ok(object);
}

/** Whether a value is an object with members. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of a value that is an object. */
export const objectOf = (value: unknown): JsonObject | undefined =>
  isRecord(value) ? new Map(Object.entries(value)) : undefined;

/** Whether a received member says nothing: documented as absent are what real answers carry as `""` or null. */
export const isBlank = (value: unknown): value is undefined | null | '' =>
  value === undefined || value === null || value === '';
