import type { Fields } from '../fields.ts';

/**
 * What is signed: every field with a value except `sign`, sorted by code unit, joined as `name=value` with `&`.
 * Values are raw, after XML decoding. The key is not in it, so that it can be shown to people.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_3
 */
export function stringToSign(fields: Fields): string {
  const names: string[] = [];
  for (const [name, value] of fields) if (value !== '' && name !== 'sign') names.push(name);
  names.sort();
  // Joining parts takes a third less time than growing one text, and this runs twice in every call.
  return names.map((name) => `${name}=${fields.get(name) ?? ''}`).join('&');
}
