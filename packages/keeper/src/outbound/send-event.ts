import { type Clock, type Http, HttpFailure, type HttpTimeLimits } from '@orderkeeper/ports';
import type { Endpoint } from './endpoint.ts';
import { type PrintedEvent, printWebhook } from './webhook-message.ts';

/** How a try to tell an event ended. The message never contains the address, the body or a signature. */
export type Delivery =
  /** 2xx: the receiver has it. */
  | { readonly outcome: 'delivered'; readonly message: string }
  /** 410: the receiver wants nothing any more. */
  | { readonly outcome: 'gone'; readonly message: string }
  /** Everything else, and no answer: again later, with the same id. */
  | { readonly outcome: 'failed'; readonly message: string };

/** What sending works with. */
export interface SendPorts {
  readonly http: Http;
  readonly clock: Clock;
}

/** A receiver should answer first and work afterwards; together this is well under half of a lease. */
const TIME_LIMITS: HttpTimeLimits = { connectMs: 5_000, answerMs: 15_000 };

/**
 * Tells one event to one endpoint, once. Never rejects. A redirection is not followed: the address was chosen by the
 * merchant, the next one would not be.
 */
export async function sendEvent(event: PrintedEvent, endpoint: Endpoint, ports: SendPorts): Promise<Delivery> {
  const { headers, body } = printWebhook(event, endpoint.secrets, ports.clock.nowMs());
  try {
    const { status } = await ports.http({
      method: 'POST',
      url: endpoint.url,
      headers: { ...headers, 'user-agent': 'orderkeeper' },
      body,
      timeLimits: TIME_LIMITS,
    });
    return judge(status);
  } catch (error) {
    return { outcome: 'failed', message: failureOf(error) };
  }
}

function judge(status: number): Delivery {
  const message = `answered ${status}`;
  if (status >= 200 && status < 300) return { outcome: 'delivered', message };
  return { outcome: status === 410 ? 'gone' : 'failed', message };
}

function failureOf(error: unknown): string {
  if (error instanceof HttpFailure) return `no answer: ${error.reason}`;
  return error instanceof Error ? `could not be sent: ${error.name}` : 'could not be sent';
}
