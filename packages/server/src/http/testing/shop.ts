import type { ProtocolVersion, SpokenProtocols } from '@orderkeeper/keeper';
import { createSeededRandom } from '@orderkeeper/ports';
import { createSecret, type Mchid, type Result } from '@orderkeeper/protocol';
import { createCredentials } from '@orderkeeper/simulator';
import { merchantOfSimulator, simulatedMerchantTexts, speakingOnly } from '../../config/merchant-of-simulator.ts';

/** 2026-11-24 15:00 in Beijing. */
export const START_MS = Date.UTC(2026, 10, 24, 7);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

export const API_KEY = 'key-of-the-shop-0123456789abcdef';
export const OTHER_API_KEY = 'key-of-the-till-0123456789abcdef';

/** The value of a result that must be there. */
export function given<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

export const CREDENTIALS = await createCredentials({ random: createSeededRandom(7), nowMs: START_MS });

export const { mchid: MCHID, speaks: SPEAKS } = given(
  merchantOfSimulator(simulatedMerchantTexts(CREDENTIALS), START_MS),
);

/** A merchant of the world, and what new attempts speak where a request does not say. */
export interface WorldMerchant {
  readonly mchid: Mchid;
  readonly speaks: SpokenProtocols;
  readonly protocol?: ProtocolVersion;
}

/** The merchant as one of the classic API, of APIv3, and of both. */
export const CLASSIC: WorldMerchant = { mchid: MCHID, speaks: speakingOnly('v2', SPEAKS) };
export const MODERN: WorldMerchant = { mchid: MCHID, speaks: speakingOnly('v3', SPEAKS) };
export const BOTH: WorldMerchant = { mchid: MCHID, speaks: SPEAKS };

export const API_KEYS = [
  { name: 'shop', key: createSecret(API_KEY) },
  { name: 'till', key: createSecret(OTHER_API_KEY) },
];
