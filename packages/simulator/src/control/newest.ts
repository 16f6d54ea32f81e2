/** The last `?limit=` of a list that begins with the oldest; without a limit, or with one that is no number, all of it. */
export function newest<Item>(items: readonly Item[], query: URLSearchParams): readonly Item[] {
  const limit = Number.parseInt(query.get('limit') ?? '', 10);
  return limit > 0 ? items.slice(-limit) : items;
}
