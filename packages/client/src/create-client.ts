import { type Clock, type Http, type HttpTimeLimits, type Random, TIME_LIMITS_DEFAULT } from '@orderkeeper/ports';
import { createPlacements } from './core/placements.ts';
import { createHostSwitch } from './host-switch.ts';
import { type Hosts, PAY_HOSTS } from './hosts.ts';
import type { CallWorld } from './make-call.ts';
import type { Merchant } from './merchant.ts';
import { guarded, type Observe } from './observe.ts';
import { closeOrder } from './v2/close-order.ts';
import { orderQuery } from './v2/order-query.ts';
import type { V2Sender } from './v2/send.ts';
import { unifiedOrder } from './v2/unified-order.ts';

/**
 * A call has its outcome after this time. It leaves room for a host that does not take the connection (6 s) and two
 * that do not answer (8 s each) with the waits between them, and ends before the 60 s after which common proxies give
 * up on the caller itself.
 */
export const DEADLINE_MS_DEFAULT = 30_000;

/** Settings of {@link createClient}. */
export interface ClientSettings {
  readonly merchant: Merchant;
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  /** Default {@link PAY_HOSTS}. A base address may end in a path, as that of a sandbox does. */
  readonly hosts?: Hosts;
  /** For each attempt. Default 6 s to connect and 8 s to answer, as in WeChat Pay's own Java SDK. */
  readonly timeLimits?: HttpTimeLimits;
  /** For each call, repetitions and waits included. Default {@link DEADLINE_MS_DEFAULT}. */
  readonly deadlineMs?: number;
  /** Gets what happens, for logs, metrics and traces; never a secret. */
  readonly observe?: Observe;
}

/** A merchant's calls. Every one ends in an outcome; none rejects its promise. */
export type Client = ReturnType<typeof createClient>;

/** Creates the calls of one merchant. Several merchants are several clients; they share nothing but what is passed in. */
export function createClient(settings: ClientSettings) {
  const { merchant, http, clock, random, observe } = settings;
  let callsCount = 0;
  const world: CallWorld = {
    http,
    clock,
    random,
    mchid: merchant.mchid,
    ...(observe === undefined ? {} : { observe: guarded(observe) }),
    nextCallId: () => (callsCount += 1),
  };
  const sender: V2Sender = {
    merchant,
    world,
    hosts: createHostSwitch(settings.hosts ?? PAY_HOSTS),
    timeLimits: settings.timeLimits ?? TIME_LIMITS_DEFAULT,
    deadlineMs: settings.deadlineMs ?? DEADLINE_MS_DEFAULT,
  };
  const placements = createPlacements();
  return {
    unifiedOrder: unifiedOrder(sender, placements),
    orderQuery: orderQuery(sender),
    closeOrder: closeOrder(sender, placements),
  };
}
