import { ALLOWED } from './characters.ts';
import { Refused } from './refused.ts';

const ENTITY = /&(?:#([0-9]+);|#x([0-9A-Fa-f]+);|([A-Za-z_:][A-Za-z0-9_.:-]*);)?/g;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Replaces the five entities of XML and character references in `text`; `where` names its place in a refusal. */
export function decodeEntities(text: string, where: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(ENTITY, (_, decimal?: string, hex?: string, entity?: string) => {
    if (decimal !== undefined) return characterOf(Number(decimal), where);
    if (hex !== undefined) return characterOf(Number.parseInt(hex, 16), where);
    if (entity === undefined) throw new Refused('malformed', `${where} contains an & that begins no entity`);
    const character = ENTITIES.get(entity);
    if (character === undefined) throw new Refused('unknown-entity', `${where} contains an unknown entity`);
    return character;
  });
}

function characterOf(code: number, where: string): string {
  const isCharacter = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  const character = isCharacter ? String.fromCodePoint(code) : '\0';
  if (!ALLOWED.test(character)) {
    throw new Refused('invalid-character', `${where} refers to a character that XML forbids`);
  }
  return character;
}
