import type { Mchid } from '@orderkeeper/protocol';
import type { WorkContext } from '../work/work-context.ts';
import type { NoticeReaders } from './notice-readers.ts';

/** What receiving a notice works with: what duties work with, and what notices are verified with. */
export interface InboundContext extends WorkContext {
  /** Whose notices are taken; one for each of {@link WorkContext.merchants}. */
  readonly readers: ReadonlyMap<Mchid, NoticeReaders>;
}
