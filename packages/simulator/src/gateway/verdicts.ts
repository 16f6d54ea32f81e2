import type { ApiKey, Fields, SignType } from '@orderkeeper/protocol';
import type { Outcome } from '../operations/operation.ts';
import type { CallVerdict, SimMerchant } from '../world.ts';
import type { Refusal } from './refusals.ts';

/** A call that may go to its operation. */
export interface Accepted {
  readonly kind: 'accepted';
  readonly fields: Fields;
  readonly merchant: SimMerchant;
  readonly key: ApiKey;
  readonly signType: SignType;
  /** Decided already, where the operation has nothing to say. */
  readonly outcome?: Outcome;
}

/** A call that may not. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly refusal: Refusal | 'no-certificate' | 'broken-certificate';
  /** The field at fault, if one is. */
  readonly field?: string;
  readonly verdict: CallVerdict;
  /** For the person who reads the list of calls. */
  readonly explanation: string;
  readonly signedText?: string;
}

/** Refuses a call. */
export function reject(
  refusal: Rejected['refusal'],
  verdict: CallVerdict,
  explanation: string,
  more: Pick<Rejected, 'field' | 'signedText'> = {},
): Rejected {
  return { kind: 'rejected', refusal, verdict, explanation, ...more };
}
