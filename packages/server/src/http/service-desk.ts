import type { Clock } from '@orderkeeper/ports';
import type { Keeper, Store } from '@orderkeeper/keeper';
import type { Mchid } from '@orderkeeper/protocol';
import type { ApiKeyHolder } from '../config/config.ts';
import type { Metrics } from '../wiring/metrics.ts';

/** Whether this process can do its work. */
export interface Readiness {
  readonly store: 'writable' | 'failing';
  readonly worker: 'working' | 'stuck';
  readonly service: 'running' | 'stopping';
}

/** What the routes work on. */
export interface ServiceDesk {
  readonly keeper: Keeper;
  readonly store: Pick<Store, 'recall' | 'remember'>;
  readonly clock: Clock;
  readonly apiKeys: readonly ApiKeyHolder[];
  readonly mchids: readonly Mchid[];
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: Metrics;
}
