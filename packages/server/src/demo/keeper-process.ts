import { text } from 'node:stream/consumers';
import { createKeeper, openSqliteStore } from '@orderkeeper/keeper';
import { type Clock, createHttp, systemClock, systemRandom } from '@orderkeeper/ports';
import type { Result } from '@orderkeeper/protocol';
import { merchantOfSimulator, speakingOnly } from '../config/merchant-of-simulator.ts';
import { keeperProcessInput } from './keeper-process-input.ts';

const input = keeperProcessInput.parse(JSON.parse(await text(process.stdin)));

/** Goes on from the demo's simulated instant. */
const offsetMs = input.nowMs - systemClock.nowMs();
const clock: Clock = { nowMs: () => systemClock.nowMs() + offsetMs, after: systemClock.after };

const { speaks } = given(merchantOfSimulator(input.merchant, clock.nowMs()));
const keeper = createKeeper({
  merchants: [
    { speaks: speakingOnly(input.protocol, speaks), notifyUrl: input.notifyUrl, hosts: { primary: input.host } },
  ],
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
