import { failure, ok, type Result } from '../../values/result.ts';
import type { Fields } from '../fields.ts';

/** Why a document is refused. */
export type XmlReason =
  | 'too-large'
  | 'empty'
  | 'not-utf8'
  | 'invalid-character'
  | 'doctype'
  | 'wrong-root'
  | 'nested-element'
  | 'duplicate-element'
  | 'unknown-entity'
  | 'malformed';

/** The root of every message, and of the decrypted part of a refund notification. */
export type XmlRoot = 'xml' | 'root';

/** The largest document read by default: ten times the largest documented message. */
export const XML_BYTES_MAX = 65_536;

/** Settings of {@link readXml}. */
export interface ReadXmlOptions {
  /** Default `xml`. */
  readonly root?: XmlRoot;
  /** Default {@link XML_BYTES_MAX}. */
  readonly bytesMax?: number;
}

/** Carries a refusal out of the reader; never leaves this file. */
class Refused extends Error {
  readonly reason: XmlReason;

  constructor(reason: XmlReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

// These are the characters that XML 1.0 forbids
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const SPACE = /[ \t\r\n]*/y;
const DECLARATION = /<\?xml(?:[ \t\r\n][^?<>]*)?\?>/y;
const NAME = /[A-Za-z_][A-Za-z0-9_.-]*/y;
const ATTRIBUTES = /(?:[ \t\r\n]+[A-Za-z_][A-Za-z0-9_.:-]*[ \t\r\n]*=[ \t\r\n]*(?:"[^"<&]*"|'[^'<&]*'))*[ \t\r\n]*/y;
const ENTITY = /&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|([A-Za-z]+));|&/g;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * Reads a flat XML message: one root, one level of elements with text, CDATA or nothing in them. Everything else is
 * refused with its reason: a DOCTYPE (and with it every entity attack), nesting, an element twice, another root,
 * bytes that are not UTF-8. Attributes and comments are allowed and mean nothing. Line ends become `\n`, as in any
 * XML reader.
 */
export function readXml(bytes: Uint8Array, options: ReadXmlOptions = {}): Result<Fields, XmlReason> {
  const { root = 'xml', bytesMax = XML_BYTES_MAX } = options;
  if (bytes.length > bytesMax)
    return failure('too-large', `the document has ${bytes.length} bytes, allowed are ${bytesMax}`);
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return failure('not-utf8', 'the document is not UTF-8');
  }
  try {
    return ok(new Reader(text).document(root));
  } catch (error) {
    if (error instanceof Refused) return failure(error.reason, error.message);
    throw error;
  }
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    if (text.trim() === '') throw new Refused('empty', 'the document is empty');
    if (FORBIDDEN.test(text))
      throw new Refused('invalid-character', 'the document has a control character that XML forbids');
    this.#text = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  }

  document(root: XmlRoot): Fields {
    this.#skip(DECLARATION);
    this.#skipBlanks();
    this.#open(root);
    const fields = this.#take('/>') ? new Map<string, string>() : this.#fields(root);
    this.#skipBlanks();
    if (this.#at < this.#text.length) throw this.#malformed('something follows the root element');
    return fields;
  }

  #open(root: XmlRoot): void {
    if (this.#text.startsWith('<!DOCTYPE', this.#at)) throw new Refused('doctype', 'the document has a DOCTYPE');
    if (!this.#take('<')) throw this.#malformed('the document does not begin with an element');
    const name = this.#skip(NAME);
    if (name !== root) throw new Refused('wrong-root', `the root element is not <${root}>`);
    this.#skip(ATTRIBUTES);
  }

  #fields(root: XmlRoot): Map<string, string> {
    if (!this.#take('>')) throw this.#malformed('the root element is not closed with >');
    const fields = new Map<string, string>();
    for (;;) {
      this.#skipBlanks();
      if (this.#take('</')) break;
      if (!this.#take('<')) throw this.#malformed('text stands outside of a field');
      const name = this.#skip(NAME);
      if (name === '') throw this.#notAName();
      if (fields.has(name)) throw new Refused('duplicate-element', `the field ${name.slice(0, 64)} occurs twice`);
      fields.set(name, this.#value(name));
    }
    this.#close(root);
    return fields;
  }

  #value(name: string): string {
    if (this.#text[this.#at] !== '>') this.#skip(ATTRIBUTES);
    if (this.#take('/>')) return '';
    if (!this.#take('>')) throw this.#malformed(`the field ${name.slice(0, 64)} is not opened properly`);
    let value = '';
    for (;;) {
      const end = this.#text.indexOf('<', this.#at);
      if (end === -1) throw this.#malformed(`the field ${name.slice(0, 64)} does not end`);
      if (end > this.#at) value += decodeText(this.#text.slice(this.#at, end), name);
      this.#at = end;
      if (this.#take('<![CDATA[')) value += this.#until(']]>', 'a CDATA section');
      else if (this.#take('</')) break;
      else if (!this.#skipComment()) throw this.#notAValue(name);
    }
    this.#close(name);
    return value;
  }

  #close(name: string): void {
    if (!this.#take(name)) throw this.#malformed('an end tag does not match its start tag');
    this.#skip(SPACE);
    if (!this.#take('>')) throw this.#malformed('an end tag does not match its start tag');
  }

  #skipBlanks(): void {
    do this.#skip(SPACE);
    while (this.#skipComment());
  }

  #skipComment(): boolean {
    if (!this.#take('<!--')) return false;
    if (this.#until('--', 'a comment').endsWith('-') || !this.#take('>')) {
      throw this.#malformed('a comment contains --');
    }
    return true;
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #until(mark: string, what: string): string {
    const end = this.#text.indexOf(mark, this.#at);
    if (end === -1) throw this.#malformed(`${what} does not end`);
    const found = this.#text.slice(this.#at, end);
    this.#at = end + mark.length;
    return found;
  }

  #notAName(): Refused {
    if (this.#text.startsWith('!DOCTYPE', this.#at)) return new Refused('doctype', 'the document has a DOCTYPE');
    return this.#malformed('an element name is expected');
  }

  #notAValue(name: string): Refused {
    if (/<[A-Za-z_]/y.test(this.#text.slice(this.#at, this.#at + 2))) {
      return new Refused('nested-element', `the field ${name.slice(0, 64)} contains another element`);
    }
    return this.#malformed(`the field ${name.slice(0, 64)} contains markup`);
  }

  #malformed(what: string): Refused {
    return new Refused('malformed', `${what}, at character ${this.#at}`);
  }
}

function decodeText(text: string, name: string): string {
  if (text.includes(']]>'))
    throw new Refused('malformed', `the field ${name.slice(0, 64)} contains ]]> outside of CDATA`);
  if (!text.includes('&')) return text;
  return text.replaceAll(ENTITY, (_, decimal?: string, hex?: string, entity?: string) => {
    if (entity === undefined) return characterOf(decimal, hex, name);
    const character = ENTITIES.get(entity);
    if (character === undefined)
      throw new Refused('unknown-entity', `the field ${name.slice(0, 64)} contains an unknown entity`);
    return character;
  });
}

function characterOf(decimal: string | undefined, hex: string | undefined, name: string): string {
  if (decimal === undefined && hex === undefined) {
    throw new Refused('malformed', `the field ${name.slice(0, 64)} contains an & that begins no entity`);
  }
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  const isCharacter = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  const character = isCharacter ? String.fromCodePoint(code) : '\0';
  if (FORBIDDEN.test(character)) {
    throw new Refused('invalid-character', `the field ${name.slice(0, 64)} refers to a character that XML forbids`);
  }
  return character;
}
