import { failure, ok, type Result } from '../values/result.ts';
import type { Fields } from './fields.ts';

/** Why a value does not fit its field. */
export type FieldReason = 'field-missing' | 'field-invalid';

/** One field of a message that is only ever sent: its name on the wire and the way from value to text. */
export interface SentField<Value> {
  readonly wire: string;
  readonly need: 'required' | 'optional';
  /** The text to send, or a sentence about what is wrong with the value. */
  readonly print: (value: Value) => Result<string, string>;
  /** How the text is written inside of a JSON structure; default `string`. */
  readonly inJson?: 'number';
}

/** One field of a message: its name on the wire and the way between text and value. */
export interface Field<Value> extends SentField<Value> {
  /** The value of a received text, never empty, or a sentence about what is wrong with it. */
  readonly read: (text: string) => Result<Value, string>;
}

/** One {@link SentField} for each property of `Message`; a property without a row does not compile. */
export type SentTable<Message> = {
  readonly [Key in keyof Message]-?: SentField<Exclude<Message[Key], undefined>>;
};

/** One {@link Field} for each property of `Message`; a property without a row does not compile. */
export type FieldTable<Message> = {
  readonly [Key in keyof Message]-?: Field<Exclude<Message[Key], undefined>>;
};

/** Prints a message in the order of its table. Absent optional values are left out. */
export function printFields<Message extends object>(
  table: SentTable<Message>,
  message: Message,
): Result<Map<string, string>, FieldReason> {
  const fields = new Map<string, string>();
  for (const key in table) {
    const field = table[key];
    const value = message[key];
    if (isPresent(value)) {
      const text = field.print(value);
      if (!text.ok) return failure('field-invalid', `${field.wire}: ${text.message}`);
      if (text.value !== '') fields.set(field.wire, text.value);
    }
    if (field.need === 'required' && !fields.has(field.wire))
      return failure('field-missing', `${field.wire} is required`);
  }
  return ok(fields);
}

/**
 * Reads a message. Fields without a row are not looked at; an empty element counts as absent, and so does an optional
 * field whose text makes no sense: a broken `time_end` must not hide that an order is paid. A required field that is
 * missing or makes no sense is a failure, because the message then says nothing that could be relied on.
 *
 * What is known of the message already comes as `begun`, a fresh object: it becomes the message, so nothing is copied.
 */
export function readFields<Message extends object, Begun extends object = object>(
  table: FieldTable<Message>,
  fields: Fields,
  begun?: Begun,
): Result<Begun & Message, FieldReason> {
  const message: Partial<Message> = begun ?? {};
  for (const key in table) {
    const field = table[key];
    const text = fields.get(field.wire) ?? '';
    if (text !== '') {
      const value = field.read(text);
      if (value.ok) message[key] = value.value;
      else if (field.need === 'required') return failure('field-invalid', `${field.wire}: ${value.message}`);
    } else if (field.need === 'required') {
      return failure('field-missing', `${field.wire} is missing from the message`);
    }
  }
  return ok(message as Begun & Message);
}

const isPresent = <Value>(value: Value): value is Exclude<Value, undefined> => value !== undefined;
