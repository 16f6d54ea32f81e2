import type { Mchid } from '@orderkeeper/protocol';
import type { SpokenProtocols } from '../keeper-merchant.ts';
import type { WorkContext } from '../work/work-context.ts';

/** What receiving a notice works with: what duties work with, and the keys that notices are verified by. */
export interface InboundContext extends WorkContext {
  /** Whose notices are taken; one for each of {@link WorkContext.merchants}. */
  readonly accounts: ReadonlyMap<Mchid, SpokenProtocols>;
}
