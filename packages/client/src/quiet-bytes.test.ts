import { format, inspect } from 'node:util';
import { expect, test } from 'vitest';
import { quietBytes } from './quiet-bytes.ts';
import { createTestWorld, answer, OUT_TRADE_NO, PAID } from './testing/test-world.ts';

const TEXT = '<xml><openid>oUpF8uMuAJO_M2pxb1Q9zNjWeS6o</openid></xml>';
const BYTES = new TextEncoder().encode(TEXT);

test.each([
  ['JSON.stringify', (bytes: Uint8Array) => JSON.stringify({ bytes }), `{"bytes":"[${TEXT.length} bytes]"}`],
  ['util.inspect', (bytes: Uint8Array) => inspect({ bytes }), `{ bytes: [${TEXT.length} bytes] }`],
  ['console.log', (bytes: Uint8Array) => format('%s %o %j', bytes, bytes, bytes), undefined],
  ['a template', (bytes: Uint8Array) => `${bytes.toString()} ${bytes.toLocaleString()}`, undefined],
])('%s tells how many bytes there are and none of them', (_, print, expected) => {
  const printed = print(quietBytes(BYTES));
  expect(printed).toContain(`[${TEXT.length} bytes]`);
  for (const spilt of ['openid', 'oUpF8', '3c 78', '60,120', '60, 120']) expect(printed).not.toContain(spilt);
  if (expected !== undefined) expect(printed).toBe(expected);
});

test('parts of quiet bytes are as quiet', () => {
  expect(inspect(quietBytes(BYTES).subarray(0, 5))).toBe('[5 bytes]');
});

test('whoever reads, copies or stores the bytes gets all of them and no others', () => {
  const whole = Buffer.from(`before${TEXT}behind`);
  const quiet = quietBytes(whole.subarray(6, 6 + BYTES.length));
  expect(quiet).toBeInstanceOf(Uint8Array);
  expect(Buffer.from(quiet).toString()).toBe(TEXT);
  expect(new TextDecoder().decode(quiet)).toBe(TEXT);
  expect([...structuredClone(quiet)]).toEqual([...BYTES]);
});

test('an outcome carries the signed answer byte for byte and does not spill it', async () => {
  const response = answer(PAID);
  const world = createTestWorld([() => response]);
  const outcome = await world.client.orderQuery({ outTradeNo: OUT_TRADE_NO });
  expect(Buffer.from(outcome.answerBytes ?? []).equals(response.body)).toBe(true);
  const told = `"answerBytes":"[${response.body.length} bytes]"`;
  expect(JSON.stringify(outcome)).toContain(told);
  expect(inspect(outcome)).toContain(`answerBytes: [${response.body.length} bytes]`);
});
