const START_BYTES = 256;

/** Whether a body is a web page, as proxies answer with: it is called one, because people know what that means. */
export function isWebPage(body: Uint8Array): boolean {
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, START_BYTES)).toString('latin1');
  return /^\s*(?:<!doctype html|<html)/i.test(start);
}
