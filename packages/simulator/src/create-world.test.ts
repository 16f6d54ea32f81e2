import { createSeededRandom, createVirtualClock } from '@orderkeeper/ports';
import { expect, test } from 'vitest';
import { createWorld } from './create-world.ts';
import { APPID, MCHID, merchantOf, START_MS } from './testing/raw-merchant.ts';

const start = () => {
  const clock = createVirtualClock({ startMs: START_MS });
  return { clock, ...createWorld({ clock, random: createSeededRandom(1), merchants: [merchantOf(MCHID, APPID)] }) };
};

test('a reset cancels every timer and keeps merchants and switches', async () => {
  const { clock, world, reset } = start();
  world.switches.earlyClose = 'INVALID_REQUEST';
  world.schedule(1000, () => expect.unreachable());
  world.usedAuthCodes.add('134567890123456789');
  reset();
  await clock.advance(5000);
  expect(clock.nextAtMs()).toBeUndefined();
  expect([...world.merchants.keys()]).toEqual([MCHID]);
  expect([world.switches.earlyClose, world.usedAuthCodes.size]).toEqual(['INVALID_REQUEST', 0]);
});

test('a timer can be taken back', async () => {
  const { clock, world } = start();
  const cancel = world.schedule(1000, () => expect.unreachable());
  cancel();
  await clock.advance(5000);
  expect(clock.nextAtMs()).toBeUndefined();
});
