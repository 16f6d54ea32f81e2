import type { FaultEffect, FaultSubject, SignHeader } from '../world.ts';

/** What can go wrong with a notice on its way to the merchant. */
export type NoticeEffect =
  /** This try is not sent. */
  | { readonly kind: 'notice-dropped' }
  | { readonly kind: 'notice-delayed'; readonly delayMs: number }
  /** Sent twice at the same time. */
  | { readonly kind: 'notice-doubled' }
  /** Signed, or encrypted, with a key that is not the merchant's. */
  | { readonly kind: 'notice-forged' }
  /** APIv3, as the kinds of the same names do to answers. */
  | { readonly kind: 'notice-missing-sign' }
  | { readonly kind: 'notice-missing-header'; readonly header: SignHeader }
  | { readonly kind: 'notice-sign-test' }
  | { readonly kind: 'notice-wrong-serial' }
  | { readonly kind: 'notice-stranger-key' }
  | { readonly kind: 'notice-clock-skew'; readonly skewMs?: number }
  | { readonly kind: 'notice-body-changed' }
  /** APIv3: an earlier try of the same notice, byte for byte. */
  | { readonly kind: 'notice-replayed' }
  /** APIv3: the latest notice of the same kind about something else, byte for byte. */
  | { readonly kind: 'notice-replayed-other' }
  /** APIv3: the same, properly signed anew. */
  | { readonly kind: 'notice-other-order' }
  /** Properly signed, for another amount; default: one fen more. */
  | { readonly kind: 'notice-other-amount'; readonly totalFen?: number }
  /** Properly signed, in the name of another merchant; default: a number that no merchant has. */
  | { readonly kind: 'notice-other-merchant'; readonly mchid?: string };

/** Anything that goes wrong on purpose. */
export type AnyEffect = FaultEffect | NoticeEffect;

/** When a fault strikes: `before` a call is applied, `after` it was applied, or at a try to deliver a notice. */
export type FaultMoment = 'before' | 'after' | 'notice';

/**
 * What a fault is tied to; what is absent is anything. `operation` is that of a call, or `pay-notice` and
 * `refund-notice`; `host` is a name with or without port; for notices host and path are those of the notify address.
 */
export type FaultAim = Partial<FaultSubject>;

/** A fault as ordered. */
export interface FaultPlan {
  readonly effect: AnyEffect;
  readonly moment: FaultMoment;
  readonly aim: FaultAim;
  /** How often it strikes; absent is without end. */
  readonly times?: number;
  /** How likely it strikes where it could, above 0 and at most 1; absent is always. */
  readonly probability?: number;
}

/** A fault in force. */
export interface Fault extends FaultPlan {
  readonly id: string;
  /** How often it has struck. */
  readonly hits: number;
}

/** At which moments each kind may strike, the usual one first. */
export const FAULT_MOMENTS = {
  'connection-refused': ['before'],
  'no-answer': ['before', 'after'],
  reset: ['before', 'after'],
  status: ['before', 'after'],
  html: ['before', 'after'],
  code: ['before', 'after'],
  slow: ['before', 'after'],
  'wrong-sign': ['after'],
  'missing-sign': ['after'],
  'missing-header': ['after'],
  'sign-test': ['after'],
  'wrong-serial': ['after'],
  'stranger-key': ['after'],
  'clock-skew': ['after'],
  'body-changed': ['after'],
  'unsigned-error': ['before', 'after'],
  replayed: ['after'],
  'replayed-other': ['after'],
  'other-order': ['after'],
  truncated: ['after'],
  'notice-dropped': ['notice'],
  'notice-delayed': ['notice'],
  'notice-doubled': ['notice'],
  'notice-forged': ['notice'],
  'notice-missing-sign': ['notice'],
  'notice-missing-header': ['notice'],
  'notice-sign-test': ['notice'],
  'notice-wrong-serial': ['notice'],
  'notice-stranger-key': ['notice'],
  'notice-clock-skew': ['notice'],
  'notice-body-changed': ['notice'],
  'notice-replayed': ['notice'],
  'notice-replayed-other': ['notice'],
  'notice-other-order': ['notice'],
  'notice-other-amount': ['notice'],
  'notice-other-merchant': ['notice'],
} as const satisfies Readonly<Record<AnyEffect['kind'], readonly [FaultMoment, ...FaultMoment[]]>>;

/** Effects that leave room for another one: who is slow can be wrong as well. */
export const COMPANIONABLE: ReadonlySet<AnyEffect['kind']> = new Set(['slow', 'notice-delayed', 'notice-doubled']);
