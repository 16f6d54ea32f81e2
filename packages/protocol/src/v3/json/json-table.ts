import { failure, ok, type Result } from '../../values/result.ts';
import type { FieldReason } from '../../v2/field-table.ts';
import { isBlank, isRecord, type JsonObject, type JsonValue } from './json-value.ts';

/**
 * Why a value does not fit. `value` is about the value itself; the others are about a member inside of it, and their
 * message begins with that member's path.
 */
export type KindReason = 'value' | FieldReason;

/** One member of a message that is only ever sent. */
export interface SentMember<Value> {
  /** The path on the wire, `amount.total`. */
  readonly wire: string;
  readonly need: 'required' | 'optional';
  /** The value to send, or a sentence about what is wrong with it. An empty text is not sent. */
  readonly print: (value: Value) => Result<JsonValue, KindReason>;
}

/** One member of a message: its path on the wire and the way between JSON and value. */
export interface Member<Value> extends SentMember<Value> {
  /** The value of what was received, which is never blank, or a sentence about what is wrong with it. */
  readonly read: (value: unknown) => Result<Value, KindReason>;
}

/** One {@link SentMember} for each property of `Message`; a property without a row does not compile. */
export type SentJsonTable<Message> = {
  readonly [Key in keyof Message]-?: SentMember<Exclude<Message[Key], undefined>>;
};

/** One {@link Member} for each property of `Message`; a property without a row does not compile. */
export type JsonTable<Message> = {
  readonly [Key in keyof Message]-?: Member<Exclude<Message[Key], undefined>>;
};

/** An object of a request while it is being built. */
export interface JsonDraft {
  [name: string]: JsonValue | JsonDraft;
}

/** Prints a message in the order of its table, flat properties into nested objects. Absent ones are left out. */
export function printJson<Message extends object>(
  table: SentJsonTable<Message>,
  message: Message,
): Result<JsonDraft, FieldReason> {
  const draft: JsonDraft = {};
  for (const key in table) {
    const { wire, need, print } = table[key];
    const value = message[key];
    if (isNull(value)) return failure('field-invalid', `${wire}: is null, which WeChat Pay refuses; leave it out`);
    const printed = isPresent(value) ? print(value) : NOTHING;
    if (!printed.ok) return within(wire, printed);
    if (printed.value !== '') put(draft, wire.split('.'), printed.value);
    else if (need === 'required') return failure('field-missing', `${wire} is required`);
  }
  return ok(draft);
}

/**
 * Reads a message, nested members into flat properties. Members without a row are not looked at, as WeChat Pay adds
 * some without notice. A blank member counts as absent, and so does an optional one that makes no sense: a broken
 * `success_time` must not hide that an order is paid. A required member that is missing or makes no sense is a failure,
 * because the message then says nothing that could be relied on.
 */
export function readJson<Message extends object>(
  table: JsonTable<Message>,
  object: JsonObject,
): Result<Message, FieldReason> {
  const message: Partial<Message> = {};
  for (const key in table) {
    const { wire, need, read } = table[key];
    const received = find(object, wire);
    if (isBlank(received)) {
      if (need === 'required') return failure('field-missing', `${wire} is missing from the message`);
      continue;
    }
    const value = read(received);
    if (value.ok) message[key] = value.value;
    else if (need === 'required') return within(wire, value);
  }
  if (isComplete(table, message)) return ok(message);
  throw new TypeError('a message was read without one of its required members');
}

/** Names what a failure is about: the member itself, or one inside of it. */
function within(wire: string, { reason, message }: { readonly reason: KindReason; readonly message: string }) {
  if (reason === 'value') return failure('field-invalid', `${wire}: ${message}`);
  return failure(reason, message.startsWith('[') ? `${wire}${message}` : `${wire}.${message}`);
}

const NOTHING = ok('');

/** Types forbid it, callers without types do not. */
const isNull = (value: unknown): boolean => value === null;

const isPresent = <Value>(value: Value): value is Exclude<Value, undefined> => value !== undefined;

const isComplete = <Message extends object>(
  table: JsonTable<Message>,
  message: Partial<Message>,
): message is Message => {
  for (const key in table) if (table[key].need === 'required' && message[key] === undefined) return false;
  return true;
};

function put(draft: JsonDraft, [name = '', ...deeper]: readonly string[], value: JsonValue): void {
  if (deeper.length === 0) {
    draft[name] = value;
    return;
  }
  const known = draft[name];
  const inner = isDraft(known) ? known : {};
  draft[name] = inner;
  put(inner, deeper, value);
}

/** A draft is an object that this module made; what a row printed is never under the path of another row. */
const isDraft = (value: JsonValue | JsonDraft | undefined): value is JsonDraft =>
  typeof value === 'object' && !Array.isArray(value);

/** The names that lead to a nested member, by its path. Paths are those of tables: there are few, and they stay. */
const NAMES = new Map<string, readonly string[]>();

function namesOf(wire: string): readonly string[] {
  const known = NAMES.get(wire);
  if (known !== undefined) return known;
  const names = wire.split('.');
  NAMES.set(wire, names);
  return names;
}

/** A nested member is looked up where it stands: nothing is copied for it. */
function find(object: JsonObject, wire: string): unknown {
  const names = namesOf(wire);
  let value = object.get(names[0] ?? '');
  for (let depth = 1; depth < names.length; depth += 1) {
    const name = names[depth] ?? '';
    value = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}
