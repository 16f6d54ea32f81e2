import { failure, ok, type Result } from '../values/result.ts';

/** Why an answer is not the JSON it should be. */
export type JsonReason = 'too-large' | 'not-json' | 'not-an-object' | 'field-missing' | 'field-invalid';

/** The members of a JSON object, nothing inherited; a map, so that no name is special. */
export type JsonObject = ReadonlyMap<string, unknown>;

/** The largest answer read: a hundred times the largest documented one. */
const JSON_BYTES_MAX = 65_536;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Reads a body as one JSON object. */
export function readJsonObject(body: Uint8Array): Result<JsonObject, JsonReason> {
  if (body.length > JSON_BYTES_MAX)
    return failure('too-large', `the answer has ${body.length} bytes, allowed are ${JSON_BYTES_MAX}`);
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(body));
  } catch {
    return failure('not-json', 'the answer is not JSON in UTF-8');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return failure('not-an-object', 'the answer is JSON, but no object');
  return ok(new Map<string, unknown>(Object.entries(value)));
}

/** A member that must be a text and not empty. */
export function requiredText(object: JsonObject, name: string): Result<string, JsonReason> {
  const value = object.get(name);
  if (value === undefined || value === null || value === '')
    return failure('field-missing', `${name} is missing from the answer`);
  return typeof value === 'string' ? ok(value) : failure('field-invalid', `${name} is no text`);
}

/** A member that may be absent; one that is no text counts as absent, it is never needed. */
export function optionalText(object: JsonObject, name: string): string | undefined {
  const value = object.get(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A member that must be a whole number which JavaScript holds exactly. */
export function requiredWholeNumber(object: JsonObject, name: string): Result<number, JsonReason> {
  const value = object.get(name);
  if (value === undefined || value === null) return failure('field-missing', `${name} is missing from the answer`);
  return typeof value === 'number' && Number.isSafeInteger(value)
    ? ok(value)
    : failure('field-invalid', `${name} is no whole number below 2^53`);
}
