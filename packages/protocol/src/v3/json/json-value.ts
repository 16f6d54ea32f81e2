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
  let text: string;
  try {
    text = decoder.decode(body);
  } catch {
    return NOT_JSON;
  }
  return readDecodedJson(text);
}

/** Reads a text that was decoded already, and whose size is known to be small enough. */
export function readDecodedJson(text: string): Result<JsonObject, Exclude<JsonTextReason, 'too-large'>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
  const object = objectOf(value);
  return object === undefined ? failure('not-an-object', 'the message is JSON, but no object') : ok(object);
}

const NOT_JSON = failure('not-json', 'the message is not JSON in UTF-8');

/** Whether a value is an object with members. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of a value that is an object. They are added one by one: a list of pairs costs as much again. */
export function objectOf(value: unknown): JsonObject | undefined {
  if (!isRecord(value)) return undefined;
  const members = new Map<string, unknown>();
  for (const name of Object.keys(value)) members.set(name, value[name]);
  return members;
}

/** Whether a received member says nothing: documented as absent are what real answers carry as `""` or null. */
export const isBlank = (value: unknown): value is undefined | null | '' =>
  value === undefined || value === null || value === '';
