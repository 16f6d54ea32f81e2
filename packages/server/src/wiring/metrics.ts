import type { KeeperEvent } from '@orderkeeper/keeper';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** An answered request. */
export interface RequestSample {
  readonly method: string;
  /** The pattern, not the path: order numbers would make a series each. */
  readonly route: string;
  readonly status: number;
  readonly tookMs: number;
}

/** Figures about one service. */
export interface Metrics {
  readonly contentType: string;
  readonly print: () => Promise<string>;
  readonly countRequest: (sample: RequestSample) => void;
  readonly countEvent: (event: KeeperEvent) => void;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** How late a duty is begun, up to an outage. */
const LAG_SECONDS = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 3_600];

/** The instruments that the figures are taken with. */
function createInstruments(registry: Registry) {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, ...labelNames: readonly Label[]) =>
    new Counter({ name, help, registers, labelNames });
  return {
    requests: new Histogram({
      name: 'orderkeeper_http_request_seconds',
      help: 'Answered requests, by route',
      registers,
      labelNames: ['method', 'route', 'status'] as const,
      buckets: SECONDS,
    }),
    lags: new Histogram({
      name: 'orderkeeper_duty_lag_seconds',
      help: 'How late duties are begun',
      registers,
      labelNames: ['priority'] as const,
      buckets: LAG_SECONDS,
    }),
    queryShare: new Gauge({
      name: 'orderkeeper_payments_learned_by_query_ratio',
      help: 'Rises when notices are lost',
      registers,
      labelNames: ['mchid'] as const,
    }),
    duties: counter('orderkeeper_duties_total', 'Runs of duties, by how they ended', 'duty', 'outcome', 'mchid'),
    alarms: counter('orderkeeper_alarms_total', 'What a person should look at', 'kind', 'mchid'),
    // Not by merchant: the number in the address is anybody's to choose.
    notices: counter('orderkeeper_notices_total', 'Messages to the notify address, by what became of them', 'verdict'),
    events: counter('orderkeeper_events_total', 'Events stored for the merchant, by type', 'type', 'mchid'),
    deliveries: counter(
      'orderkeeper_deliveries_total',
      'Tries to tell events, by how they ended',
      'endpoint',
      'outcome',
    ),
    storeFailures: counter('orderkeeper_store_failures_total', 'The worker could not reach the store'),
  };
}

type Instruments = ReturnType<typeof createInstruments>;

function countEvent(event: KeeperEvent, to: Instruments): void {
  switch (event.kind) {
    case 'duty-run':
      to.duties.inc({ duty: event.duty, outcome: event.outcome, mchid: event.mchid });
      to.lags.observe({ priority: event.priority }, Math.max(0, event.lagMs) / 1_000);
      return;
    case 'alarm':
      to.alarms.inc({ kind: event.alarm.kind, mchid: event.mchid });
      return;
    case 'event-stored':
      to.events.inc({ type: event.type, mchid: event.mchid });
      return;
    case 'notices-measured':
      to.queryShare.set({ mchid: event.mchid }, event.queryShare);
      return;
    case 'notice-received':
      to.notices.inc({ verdict: event.verdict });
      return;
    case 'event-sent':
      to.deliveries.inc({ endpoint: event.endpoint, outcome: event.outcome });
      return;
    case 'delivery-given-up':
      to.deliveries.inc({ endpoint: event.destination, outcome: 'given-up' });
      return;
    case 'endpoint-disabled':
      to.deliveries.inc({ endpoint: event.endpoint, outcome: 'disabled' });
      return;
    case 'store-failed':
      to.storeFailures.inc();
      return;
  }
}

/** Creates figures of their own, so that two services in one process do not count into one another. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const instruments = createInstruments(registry);
  return {
    contentType: registry.contentType,
    print: () => registry.metrics(),
    countRequest: ({ method, route, status, tookMs }) =>
      instruments.requests.observe({ method, route, status: String(status) }, tookMs / 1_000),
    countEvent: (event) => countEvent(event, instruments),
  };
}
