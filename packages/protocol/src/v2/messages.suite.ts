import { readFileSync } from 'node:fs';
import { type ApiKey, parseApiKey } from '../values/secret.ts';
import type { Result } from '../values/result.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import type { Fields } from './fields.ts';
import { type SignType, signFields } from './sign/sign.ts';
import { printXml } from './xml/print-xml.ts';
import { readXml } from './xml/read-xml.ts';

const VECTORS = new URL('../../vectors/v2-messages/', import.meta.url);

/** The value of a result that a test counts on. */
export function valueOf<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(`${result.reason}: ${result.message}`);
  return result.value;
}

/**
 * The key of the official signature example.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_3
 */
export const DEMO_KEY: ApiKey = valueOf(parseApiKey('192006250b4c09247ec02edce69f6a2d'));

/** A message of `vectors/v2-messages`; its README says where it comes from. */
export const vector = (name: string): Uint8Array => readFileSync(new URL(`${name}.xml`, VECTORS));

/** Its fields. */
export const vectorFields = (name: string): Fields => valueOf(readXml(vector(name)));

/** Its envelope, judged with the key that signed it. */
export const vectorEnvelope = (name: string, requested: SignType = 'MD5'): Envelope =>
  readEnvelope(vector(name), { key: DEMO_KEY, requested });

/** The bytes of a text. */
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Fields from an object, for messages that are made up. */
export const fieldsOf = (object: Readonly<Record<string, string>>): Map<string, string> =>
  new Map(Object.entries(object));

/** `fields` signed and printed, for answers that nobody captured. */
export function signedBody(fields: Fields, signType: SignType = 'MD5'): Uint8Array {
  return bytes(valueOf(printXml(new Map(fields).set('sign', signFields(fields, DEMO_KEY, signType)))));
}
