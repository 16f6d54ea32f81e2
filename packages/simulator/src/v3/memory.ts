/** What was told of things, the latest of each: what an eavesdropper could say again. */
export interface Memory<Told> {
  /** `scope` is what the telling was about in general, `topic` what in particular. */
  readonly keep: (scope: string, topic: string, told: Told) => void;
  readonly ofSame: (scope: string, topic: string) => Told | undefined;
  /** The latest that was told in this scope of anything else. */
  readonly ofOther: (scope: string, topic: string) => Told | undefined;
  readonly clear: () => void;
}

/** The oldest are forgotten beyond this many. */
const ENTRIES_MAX = 500;

/** Creates an empty memory. */
export function createMemory<Told>(): Memory<Told> {
  const entries = new Map<string, { readonly scope: string; readonly topic: string; readonly told: Told }>();
  const keyOf = (scope: string, topic: string): string => `${scope}\n${topic}`;
  return {
    keep: (scope, topic, told) => {
      const key = keyOf(scope, topic);
      entries.delete(key);
      entries.set(key, { scope, topic, told });
      const [oldest] = entries.keys();
      if (entries.size > ENTRIES_MAX && oldest !== undefined) entries.delete(oldest);
    },
    ofSame: (scope, topic) => entries.get(keyOf(scope, topic))?.told,
    ofOther: (scope, topic) =>
      [...entries.values()].findLast((entry) => entry.scope === scope && entry.topic !== topic)?.told,
    clear: () => entries.clear(),
  };
}
