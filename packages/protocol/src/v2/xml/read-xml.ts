import { failure, ok, type Result } from '../../values/result.ts';
import type { Fields } from '../fields.ts';
import { ALLOWED } from './characters.ts';
import { decodeEntities } from './entities.ts';
import { knownNameAt } from './known-names.ts';
import { Refused, type XmlReason } from './refused.ts';

export type { XmlReason } from './refused.ts';

/** The root of every message, and of the decrypted part of a refund notice. */
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

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a flat XML message: one root, one level of elements with text, CDATA or nothing in them. Everything else is
 * refused with its reason: a DOCTYPE (and with it every entity attack), nesting, an element twice, another root,
 * bytes that are not UTF-8. Attributes and comments are allowed and mean nothing. Line ends become `\n`, as in any
 * XML reader.
 */
export function readXml(bytes: Uint8Array, options: ReadXmlOptions = {}): Result<Fields, XmlReason> {
  const { root = 'xml', bytesMax = XML_BYTES_MAX } = options;
  if (bytes.length > bytesMax) {
    return failure('too-large', `the document has ${bytes.length} bytes, allowed are ${bytesMax}`);
  }
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return failure('not-utf8', 'the document is not UTF-8');
  }
  if (!/[^ \t\r\n]/.test(text)) return failure('empty', 'the document is empty');
  if (!ALLOWED.test(text)) {
    return failure('invalid-character', 'the document has a control character that XML forbids');
  }
  try {
    return ok(new Reader(text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text).document(root));
  } catch (error) {
    if (error instanceof Refused) return failure(error.reason, error.message);
    throw error;
  }
}

const DECLARATION =
  /<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"1\.0"|'1\.0')(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"[A-Za-z][A-Za-z0-9._-]*"|'[A-Za-z][A-Za-z0-9._-]*'))?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*\?>/y;
const ATTRIBUTE = /[ \t\n]+([A-Za-z_:][A-Za-z0-9_.:-]*)[ \t\n]*=[ \t\n]*(?:"([^"<]*)"|'([^'<]*)')/y;
const DOCTYPE = '<!DOCTYPE';
const CDATA = '<![CDATA[';

const EXCLAMATION_MARK = 0x21;
const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;
const SLASH = 0x2f;

/** One bit for each role an ASCII character can have. */
const BLANK = 1;
const NAME_START = 2;
const NAME_PART = 4;
const ROLES = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[ \t\n]/.test(character)) return BLANK;
  if (/[A-Za-z_]/.test(character)) return NAME_START | NAME_PART;
  return /[0-9.-]/.test(character) ? NAME_PART : 0;
});

/** Walks over a document once. Characters are compared by their codes: this runs for every call and every notice. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(root: XmlRoot): Fields {
    DECLARATION.lastIndex = 0;
    this.#at = DECLARATION.exec(this.#text)?.[0].length ?? 0;
    this.#skipBlanksAndComments();
    if (!this.#take(LESS_THAN)) throw this.#malformed('the document does not begin with an element');
    const name = this.#name();
    if (name !== root) throw this.#wrongRoot(name, root);
    const fields = new Map<string, string>();
    if (this.#openTagEnd(name) === 'open') this.#fields(fields, root);
    this.#skipBlanksAndComments();
    if (this.#at < this.#text.length) throw this.#malformed('something follows the root element');
    return fields;
  }

  #fields(fields: Map<string, string>, root: XmlRoot): void {
    for (;;) {
      this.#skipBlanksAndComments();
      if (!this.#take(LESS_THAN))
        throw this.#malformed('text stands outside of a field, or the root element does not end');
      if (this.#take(SLASH)) break;
      const name = this.#name();
      if (name === '') throw this.#malformed('an element name is expected');
      if (fields.has(name)) {
        throw new Refused('duplicate-element', `the field ${shown(name)} occurs twice`);
      }
      fields.set(name, this.#openTagEnd(name) === 'open' ? this.#value(name) : '');
    }
    this.#closeTagEnd(root);
  }

  /** From behind the start tag to behind the end tag. */
  #value(name: string): string {
    let value = this.#text.startsWith(CDATA, this.#at) ? this.#cdata() : '';
    for (;;) {
      const end = this.#text.charCodeAt(this.#at) === LESS_THAN ? this.#at : this.#text.indexOf('<', this.#at);
      if (end === -1) throw this.#malformed(`the field ${shown(name)} does not end`);
      if (end > this.#at) value += characterData(this.#text.slice(this.#at, end), name);
      this.#at = end + 1;
      if (this.#take(SLASH)) break;
      this.#at = end;
      if (this.#text.startsWith(CDATA, end)) value += this.#cdata();
      else if (!this.#skipComment()) throw this.#notAValue(name);
    }
    this.#closeTagEnd(name);
    return value;
  }

  #cdata(): string {
    const start = this.#at + CDATA.length;
    const end = this.#text.indexOf(']]>', start);
    if (end === -1) throw this.#malformed('a CDATA section does not end');
    this.#at = end + 3;
    return this.#text.slice(start, end);
  }

  /** From behind the name of a start tag to behind the tag. */
  #openTagEnd(name: string): 'open' | 'empty' {
    if (this.#take(GREATER_THAN)) return 'open';
    this.#skipAttributes();
    this.#skipBlanks();
    const end = this.#take(SLASH) ? 'empty' : 'open';
    if (!this.#take(GREATER_THAN)) throw this.#malformed(`the start tag of ${shown(name)} is not right`);
    return end;
  }

  /** From behind `</` to behind the tag. */
  #closeTagEnd(name: string): void {
    const isSame = this.#text.startsWith(name, this.#at);
    this.#at += name.length;
    this.#skipBlanks();
    if (!isSame || !this.#take(GREATER_THAN)) throw this.#malformed('an end tag does not match its start tag');
  }

  #skipAttributes(): void {
    const names = new Set<string>();
    for (;;) {
      ATTRIBUTE.lastIndex = this.#at;
      const match = ATTRIBUTE.exec(this.#text);
      if (match === null) return;
      const [whole, name = '', value = match[3] ?? ''] = match;
      if (names.has(name)) throw this.#malformed(`the attribute ${shown(name)} occurs twice`);
      names.add(name);
      decodeEntities(value, 'an attribute');
      this.#at += whole.length;
    }
  }

  #name(): string {
    const start = this.#at;
    const known = knownNameAt(this.#text, start);
    if (known !== undefined && !this.#hasRole(start + known.length, NAME_PART)) {
      this.#at = start + known.length;
      return known;
    }
    let at = start;
    if (this.#hasRole(at, NAME_START)) while (this.#hasRole(at, NAME_PART)) at += 1;
    this.#at = at;
    return this.#text.slice(start, at);
  }

  #skipBlanks(): void {
    while (this.#hasRole(this.#at, BLANK)) this.#at += 1;
  }

  #skipBlanksAndComments(): void {
    do this.#skipBlanks();
    while (this.#skipComment());
  }

  #skipComment(): boolean {
    // Comments are rare, and looking at one character is cheaper than looking for four.
    if (this.#text.charCodeAt(this.#at + 1) !== EXCLAMATION_MARK) return false;
    if (!this.#text.startsWith('<!--', this.#at)) return false;
    const end = this.#text.indexOf('--', this.#at + 4);
    if (end === -1 || this.#text.charCodeAt(end + 2) !== GREATER_THAN)
      throw this.#malformed('a comment contains -- or does not end');
    this.#at = end + 3;
    return true;
  }

  #hasRole(at: number, role: number): boolean {
    const code = this.#text.charCodeAt(at);
    return code < 128 && ((ROLES[code] ?? 0) & role) !== 0;
  }

  #take(code: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== code) return false;
    this.#at += 1;
    return true;
  }

  #wrongRoot(name: string, root: XmlRoot): Refused {
    if (this.#text.startsWith(DOCTYPE, this.#at - 1)) return new Refused('doctype', 'the document has a DOCTYPE');
    if (name === '') return this.#malformed('the document does not begin with an element');
    return new Refused('wrong-root', `the root element is not <${root}>`);
  }

  #notAValue(name: string): Refused {
    if (this.#hasRole(this.#at + 1, NAME_START)) {
      return new Refused('nested-element', `the field ${shown(name)} contains another element`);
    }
    return this.#malformed(`the field ${shown(name)} contains markup`);
  }

  #malformed(what: string): Refused {
    return new Refused('malformed', `${what}, at character ${this.#at}`);
  }
}

/** Names come from outside; a message shows no more of one than identifies it. */
const shown = (name: string): string => name.slice(0, 64);

function characterData(text: string, name: string): string {
  if (text.includes(']]>')) {
    throw new Refused('malformed', `the field ${shown(name)} contains ]]> outside of CDATA`);
  }
  return decodeEntities(text, `the field ${shown(name)}`);
}
