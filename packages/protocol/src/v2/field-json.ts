import { failure, ok, type Result } from '../values/result.ts';
import { type MakeSent, text } from './field-kinds.ts';
import { type FieldReason, printFields, type SentField, type SentTable } from './field-table.ts';

/** A flat JSON object under the names of the wire. */
type JsonObject = Readonly<Record<string, string | number>>;

/** The JSON object of a structure, its values checked and written by the rows of its table. */
export function jsonObject<Value extends object>(
  table: SentTable<Value>,
  value: Value,
): Result<JsonObject, FieldReason> {
  const printed = printFields(table, value);
  if (!printed.ok) return printed;
  const rows: readonly Pick<SentField<never>, 'wire' | 'inJson'>[] = Object.values(table);
  const numbers = new Set(rows.filter((row) => row.inJson === 'number').map((row) => row.wire));
  return ok(
    Object.fromEntries([...printed.value].map(([name, part]) => [name, numbers.has(name) ? Number(part) : part])),
  );
}

/** The JSON array of a list of structures; a failure says which one it is about, counted from 0. */
export function jsonArray<Value extends object>(
  table: SentTable<Value>,
  values: readonly Value[],
): Result<readonly JsonObject[], FieldReason> {
  const array: JsonObject[] = [];
  for (const [index, value] of values.entries()) {
    const object = jsonObject(table, value);
    if (!object.ok) return failure(object.reason, `entry ${index}: ${object.message}`);
    array.push(object.value);
  }
  return ok(array);
}

/** A structure sent as JSON text of at most `lengthMax` UTF-8 bytes. */
export const jsonText =
  <Value>(lengthMax: number, toWire: (value: Value) => Result<object, string>): MakeSent<Value> =>
  (wire) => ({
    wire,
    need: 'required',
    print: (value) => {
      const json = toWire(value);
      return json.ok ? text(lengthMax)(wire).print(JSON.stringify(json.value)) : json;
    },
  });
