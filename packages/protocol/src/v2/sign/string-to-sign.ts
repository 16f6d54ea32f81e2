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
  let text = '';
  for (const name of names) text += `${text === '' ? '' : '&'}${name}=${fields.get(name) ?? ''}`;
  return text;
}
