import { text } from 'node:stream/consumers';
import { loadTlsIdentity, parseMerchant } from '@orderkeeper/client';
import { createKeeper, openSqliteStore } from '@orderkeeper/keeper';
import { type Clock, createHttp, systemClock, systemRandom } from '@orderkeeper/ports';
import { parseMchid, type Result } from '@orderkeeper/protocol';
import { keeperProcessInput } from './keeper-process-input.ts';

const input = keeperProcessInput.parse(JSON.parse(await text(process.stdin)));

/** Goes on from the demo's simulated instant. */
const offsetMs = input.nowMs - systemClock.nowMs();
const clock: Clock = { nowMs: () => systemClock.nowMs() + offsetMs, after: systemClock.after };

const mchid = given(parseMchid(input.merchant.mchid));
const identity = given(loadTlsIdentity(input, { mchid, nowMs: clock.nowMs() }));
const merchant = given(parseMerchant(input.merchant, { identity }));
const keeper = createKeeper({
  merchants: [{ speaks: { v2: merchant }, notifyUrl: input.notifyUrl, hosts: { primary: input.host } }],
  store: given(openSqliteStore({ path: input.storePath })),
  http: createHttp({ ca: input.authorityPem }),
  clock,
  random: systemRandom,
});
await keeper.runDue();

function given<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}
