import type { RefundState } from './order.ts';

/** What an observation says about a refund. */
export type RefundFact =
  /** The merchant wants it again under the same number, after it was refused. */
  | 'wanted-again'
  | 'processing'
  | 'succeeded'
  | 'closed'
  | 'abnormal'
  | 'rejected'
  /** Refused for now (too many calls, the order is still being processed): the same again later. */
  | 'come-back-later'
  | 'unknown'
  | 'not-found'
  | 'look-unknown';

/** Where one fact leads a refund from one state, and the reason. */
export interface RefundCell {
  readonly to: RefundState | 'stays';
  readonly why: string;
}

type RefundRow = Readonly<Record<RefundFact, RefundCell>>;

const goes = (to: RefundState, why: string): RefundCell => ({ to, why });
const stays = (why: string): RefundCell => ({ to: 'stays', why });

const UNKNOWN_SAYS_NOTHING = stays('no answer is no knowledge');
const SUCCEEDED = goes('succeeded', 'WeChat Pay sent the money back');
const CLOSED = goes('closed', 'WeChat Pay closed the refund: nothing went back, it takes a new number');
const ABNORMAL = goes(
  'abnormal',
  'the payer could not be reached: the money waits for a person in the merchant console',
);

/** The row of a state that is left only for what is named in it. */
const final = (is: string): RefundRow => {
  const known = stays(`${is}: this says less`);
  return {
    'wanted-again': stays(`${is}: a refund keeps its number, and this number has its end`),
    processing: known,
    succeeded: known,
    closed: known,
    abnormal: known,
    rejected: known,
    'come-back-later': known,
    unknown: UNKNOWN_SAYS_NOTHING,
    'not-found': known,
    'look-unknown': UNKNOWN_SAYS_NOTHING,
  };
};

/**
 * Refunds (R12): `asked` → `processing` → `succeeded`, `closed` or `abnormal`; `asked` → `rejected` and back to `asked`
 * under the same number; `abnormal` → `succeeded` or `closed`, when a person has mended it. While that is under way WeChat
 * Pay says it is processing again, which is less than that it waits for a person: it stays `abnormal` until its end.
 */
export const REFUND_NEXT: Readonly<Record<RefundState, RefundRow>> = {
  asked: {
    'wanted-again': stays('it is being asked for already'),
    processing: goes('processing', 'WeChat Pay accepted it'),
    succeeded: SUCCEEDED,
    closed: CLOSED,
    abnormal: ABNORMAL,
    rejected: goes('rejected', 'refused for certain'),
    'come-back-later': stays('not now: the same number with the same content again later'),
    unknown: stays('the call may have arrived: look, then repeat it under the same number'),
    'not-found': stays('not there: the call is repeated under the same number'),
    'look-unknown': UNKNOWN_SAYS_NOTHING,
  },
  processing: {
    'wanted-again': stays('it is being processed already'),
    processing: stays('still being processed'),
    succeeded: SUCCEEDED,
    closed: CLOSED,
    abnormal: ABNORMAL,
    rejected: stays('it was accepted before: a refused repetition takes nothing back'),
    'come-back-later': stays('it was accepted before: a refused repetition takes nothing back'),
    unknown: UNKNOWN_SAYS_NOTHING,
    'not-found': stays('it was accepted before: known is not replaced by not found'),
    'look-unknown': UNKNOWN_SAYS_NOTHING,
  },
  succeeded: final('the money has gone back'),
  closed: { ...final('it was closed'), succeeded: SUCCEEDED },
  abnormal: { ...final('it waits for a person'), succeeded: SUCCEEDED, closed: CLOSED },
  rejected: {
    ...final('it was refused'),
    'wanted-again': goes('asked', 'the same number again, now that the cause may be gone'),
    processing: goes('processing', 'an earlier call had arrived after all'),
    succeeded: SUCCEEDED,
    closed: CLOSED,
    abnormal: ABNORMAL,
  },
};
