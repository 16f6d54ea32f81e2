import { expect, test } from 'vitest';
import type { KeeperMerchant } from '../keeper-merchant.ts';
import { outTradeNoFor } from '../operations/out-trade-no-for.ts';
import { orderId } from '../testing/keeper-world.ts';
import { createV3World, keptV3 } from '../testing/v3-world.ts';
import { connectMerchant } from './connect-merchant.ts';

/** What becomes of a close that WeChat Pay refuses without a signature. */
async function refusedClose(v3Settings: KeeperMerchant['v3Settings'] = {}) {
  const world = createV3World({ switches: { v3ErrorSigning: 'unsigned', v3CloseUnknown: 'ORDER_NOT_EXIST' } });
  const { simulator, clock, random, finish } = world;
  const merchant = { ...keptV3(), v3Settings };
  const ports = { http: simulator.handle, clock, random };
  const { gateways } = connectMerchant({ merchant, ...ports, deadlineMs: 25_000 });
  return finish(Promise.resolve(gateways.v3?.close(outTradeNoFor(orderId('G1'), 1, 6))));
}

test('a refusal of APIv3 that nobody signed is doubted, unless the merchant has seen that it is true', async () => {
  expect(await refusedClose()).toMatchObject({ outcome: 'unknown', code: 'ORDER_NOT_EXIST' });
  expect(await refusedClose({ unsignedRefusals: 'believed' })).toMatchObject({
    outcome: 'rejected',
    says: 'not-found',
    code: 'ORDER_NOT_EXIST',
  });
});
