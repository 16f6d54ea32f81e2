/** The instant that a request names in one of two ways. */
export function expiryOfCall(body: {
  readonly expiresAt?: string | undefined;
  readonly expiresAtMs?: number | undefined;
}): { readonly expiresAtMs?: number } {
  if (body.expiresAtMs !== undefined) return { expiresAtMs: body.expiresAtMs };
  return body.expiresAt === undefined ? {} : { expiresAtMs: Date.parse(body.expiresAt) };
}
