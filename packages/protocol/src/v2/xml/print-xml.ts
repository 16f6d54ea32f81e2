import { type Failure, failure, ok, type Result } from '../../values/result.ts';
import type { Fields } from '../fields.ts';
import { ALLOWED, FIELD_NAME } from './characters.ts';
import type { XmlRoot } from './read-xml.ts';

/** Why fields cannot be sent; the message names the field. */
export type PrintXmlReason = 'field-name' | 'four-byte-character' | 'invalid-character';

/** How {@link printXml} lays a message out. All layouts read back to the same fields. */
export interface PrintXmlOptions {
  /** Default `xml`. */
  readonly root?: XmlRoot;
  /**
   * `when-needed` (default) puts a value into CDATA only where it contains markup; `always` does so for every value
   * but those of `bareFields`, as WeChat Pay does.
   */
  readonly cdata?: 'when-needed' | 'always';
  readonly bareFields?: ReadonlySet<string>;
  /** Between elements; default none. */
  readonly separator?: '' | '\n';
}

/** Needs neither refusal nor quoting; nearly every value is, and one test is cheaper than three. */
const PLAIN = /^[\t\n\u0020-%'-;=?-\ud7ff\ue000-\ufffd]*$/;
const SURROGATE = /[\ud800-\udfff]/;
const MARKUP = /[<>&\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '\r': '&#13;' };

/**
 * Prints fields as a flat XML message. Characters outside of the basic plane (emoji) are refused, because WeChat Pay
 * accepts at most three UTF-8 bytes a character and answers with a signature error that names no field.
 */
export function printXml(fields: Fields, options: PrintXmlOptions = {}): Result<string, PrintXmlReason> {
  const { root = 'xml', cdata = 'when-needed', bareFields, separator = '' } = options;
  let text = `<${root}>`;
  for (const [name, value] of fields) {
    if (!FIELD_NAME.test(name)) return failure('field-name', `"${name.slice(0, 64)}" is no name of a field`);
    const isPlain = PLAIN.test(value);
    const refused = isPlain ? undefined : refuse(name, value);
    if (refused !== undefined) return refused;
    const isBare = cdata === 'when-needed' || bareFields?.has(name) === true;
    const printed = isBare && (isPlain || !MARKUP.test(value)) ? value : printCdata(value);
    text += `${text.length > root.length + 2 ? separator : ''}<${name}>${printed}</${name}>`;
  }
  return ok(`${text}</${root}>`);
}

function refuse(name: string, value: string): Failure<PrintXmlReason> | undefined {
  if (SURROGATE.test(value)) {
    return failure(
      'four-byte-character',
      `${name} contains a character of four UTF-8 bytes, such as an emoji; WeChat Pay takes at most three, remove it`,
    );
  }
  return ALLOWED.test(value)
    ? undefined
    : failure('invalid-character', `${name} contains a control character, remove it`);
}

/** CDATA cannot hold its own end, and readers turn `\r` in it into `\n`; such values are escaped instead. */
function printCdata(value: string): string {
  if (value.includes(']]>') || value.includes('\r'))
    return value.replaceAll(/[<>&\r]/g, (mark) => ESCAPES[mark] ?? mark);
  return `<![CDATA[${value}]]>`;
}
