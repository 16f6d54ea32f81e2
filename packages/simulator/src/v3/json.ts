/** An object of a JSON text whose members nobody has looked at yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object, and neither a list nor null. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Follows a path such as `amount.total`; `undefined` where it leads nowhere. */
export function memberOf(value: unknown, path: string): unknown {
  let present = value;
  for (const name of path.split('.')) present = isJsonObject(present) ? present[name] : undefined;
  return present;
}

/** The text at a path; empty when there is none. */
export function textAt(value: unknown, path: string): string {
  const found = memberOf(value, path);
  return typeof found === 'string' ? found : '';
}

/** The number at a path; 0 when there is none. */
export function numberAt(value: unknown, path: string): number {
  const found = memberOf(value, path);
  return typeof found === 'number' ? found : 0;
}

/** The objects of the list at a path. */
export function objectsAt(value: unknown, path: string): readonly JsonObject[] {
  const found = memberOf(value, path);
  return Array.isArray(found) ? found.filter(isJsonObject) : [];
}

/** Prints as captures of answers show it: compact, members in alphabetical order; `undefined` members are left out. */
export const printAlphabetical = (value: unknown): string => JSON.stringify(sorted(value));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, sorted(part)]));
}
