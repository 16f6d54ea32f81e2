/** Names of instants: `atMs`, `paidAtMs`, `nowMs`, `cashierSinceMs`; not lengths of time such as `delayMs`. */
const INSTANT = /^(?:at|now|.*(?:At|Since))Ms$/;

/**
 * Turns a record into JSON for people and programs: maps become objects, and each instant in milliseconds gets a
 * neighbour in ISO 8601 without the `Ms`.
 */
export function viewOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(viewOf);
  if (value instanceof Map) return viewOf(Object.fromEntries(value));
  if (value instanceof Set) return [...value].map(viewOf);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, part]) =>
    typeof part === 'number' && INSTANT.test(name)
      ? [[name, part] as const, [name.slice(0, -2), new Date(part).toISOString()] as const]
      : [[name, viewOf(part)] as const],
  );
  return Object.fromEntries(entries);
}
