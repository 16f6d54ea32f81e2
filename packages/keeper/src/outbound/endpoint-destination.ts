import type { StoredEvent } from '../store/store.ts';
import type { Destination, Sent } from '../work/destination.ts';
import type { DeliveryEvent } from '../observe/delivery-event.ts';
import { type Endpoint, isWantedBy } from './endpoint.ts';
import { DISABLE_AFTER_MS, RETRY_AFTER_MS } from './retry-schedule.ts';
import { sendEvent, type SendPorts } from './send-event.ts';

/** What an endpoint's destination works with. */
export interface EndpointPorts extends SendPorts {
  readonly observe: (event: DeliveryEvent) => void;
}

/** Whether an endpoint is told of events, and since when it has taken none. */
type Health =
  | { readonly state: 'working' }
  | { readonly state: 'failing'; readonly sinceMs: number }
  | { readonly state: 'disabled'; readonly because: 'gone' | 'failing' };

/**
 * An endpoint as a destination of events. It is switched off when it answers 410, or when it has taken nothing for
 * {@link DISABLE_AFTER_MS}. That is remembered by this process only, on purpose: who restarts it has looked, and an
 * endpoint that is still gone says so again at the first event.
 */
export function createEndpointDestination(endpoint: Endpoint, ports: EndpointPorts): Destination {
  const { clock, observe } = ports;
  let health: Health = { state: 'working' };
  const disable = (because: 'gone' | 'failing', message: string): Sent => {
    // Several tries may be under way when the first of them says so: a person is told once.
    if (health.state !== 'disabled') {
      observe({ kind: 'endpoint-disabled', endpoint: endpoint.name, because, message, atMs: clock.nowMs() });
    }
    health = { state: 'disabled', because };
    return { sent: 'refused', message };
  };
  const failed = (message: string): Sent => {
    if (health.state === 'disabled') return { sent: 'refused', message };
    const nowMs = clock.nowMs();
    const sinceMs = health.state === 'failing' ? health.sinceMs : nowMs;
    health = { state: 'failing', sinceMs };
    return nowMs - sinceMs >= DISABLE_AFTER_MS ? disable('failing', message) : { sent: 'again', message };
  };
  return {
    name: `endpoint:${endpoint.name}`,
    wants: (event) => isWantedBy(endpoint, event),
    againAfterMs: RETRY_AFTER_MS,
    send: async (event) => {
      if (health.state === 'disabled') return { sent: 'refused', message: `switched off: ${health.because}` };
      const { outcome, message } = await timed(event, endpoint, ports);
      switch (outcome) {
        case 'delivered':
          if (health.state === 'failing') health = { state: 'working' };
          return { sent: 'done' };
        case 'gone':
          return disable('gone', message);
        case 'failed':
          return failed(message);
      }
    },
  };
}

async function timed(event: StoredEvent, endpoint: Endpoint, { observe, ...ports }: EndpointPorts) {
  const { eventId, type, orderId, mchid } = event;
  const startedAtMs = ports.clock.nowMs();
  const delivery = await sendEvent(event, endpoint, ports);
  const atMs = ports.clock.nowMs();
  const told = { eventId, type, orderId, mchid, ...delivery, tookMs: atMs - startedAtMs, atMs };
  observe({ kind: 'event-sent', endpoint: endpoint.name, ...told });
  return delivery;
}
