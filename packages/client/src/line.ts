import { type Clock, type Http, type HttpTimeLimits, type Random, TIME_LIMITS_DEFAULT } from '@orderkeeper/ports';
import { createHostSwitch, type HostSwitch } from './host-switch.ts';
import { type Hosts, PAY_HOSTS } from './hosts.ts';
import { type CallWorld, createCallWorld } from './make-call.ts';
import type { Observe } from './observe.ts';

/**
 * A call has its outcome after this time. It leaves room for a host that does not take the connection (6 s) and two
 * that do not answer (8 s each) with the waits between them, and ends before the 60 s after which common proxies give
 * up on the caller itself.
 */
export const DEADLINE_MS_DEFAULT = 30_000;

/** What the clients of all protocols are created with, beside their merchant. */
export interface LineSettings {
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  /** Default `PAY_HOSTS`, which serve all protocols. A base address may end in a path, as that of a sandbox does. */
  readonly hosts?: Hosts;
  /** Of the calls in `oauth`. Default `OAUTH_HOSTS`. */
  readonly oauthHosts?: Hosts;
  /** For each attempt. Default 6 s to connect and 8 s to answer, as in WeChat Pay's own Java SDK; bills have their own. */
  readonly timeLimits?: HttpTimeLimits;
  /**
   * For each call, repetitions, waits and fetching keys included. Default {@link DEADLINE_MS_DEFAULT}; micropay, codepay
   * and bills have their own, longer ones, which only the options of a call change.
   */
  readonly deadlineMs?: number;
  /** Gets what happens, for logs, metrics and traces; never a secret. */
  readonly observe?: Observe;
}

/** A merchant's line to one API. */
export interface Line<Merchant> {
  readonly merchant: Merchant;
  readonly world: CallWorld;
  readonly hosts: HostSwitch;
  readonly timeLimits: HttpTimeLimits;
  readonly deadlineMs: number;
}

/** Creates the line of a merchant. */
export const createLine = <Merchant extends { readonly mchid: string }>(
  merchant: Merchant,
  settings: LineSettings,
): Line<Merchant> => ({
  merchant,
  world: createCallWorld(settings, merchant.mchid),
  hosts: createHostSwitch(settings.hosts ?? PAY_HOSTS),
  timeLimits: settings.timeLimits ?? TIME_LIMITS_DEFAULT,
  deadlineMs: settings.deadlineMs ?? DEADLINE_MS_DEFAULT,
});
