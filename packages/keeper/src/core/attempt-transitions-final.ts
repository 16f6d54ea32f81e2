import { type Cell, goes, type Row, stays } from './attempt-cell.ts';

/** Rows of the final states. They are left only for more: money that came in, or money that went back (R17). */

const UNKNOWN_SAYS_NOTHING = stays('no answer is no knowledge');
const FINAL_NO_WISH = stays('it is final; there is nothing left to end');
const LATE_MONEY = goes('paid', 'money is never dropped: what to do with it is decided for the order');
const TAKEN_BACK = goes('reversed', 'WeChat Pay took it back');

/** Everything that says less than the final state `is`; the rows below say what says more. */
const lessThan = (is: string): Omit<Row, 'paid' | 'revoked' | 'reverse-done'> => {
  const stale: Cell = stays(`${is}: an older answer, which arrived late`);
  const known: Cell = stays(`${is}: this says nothing new`);
  return {
    placed: stale,
    'place-rejected': stale,
    'place-doubtful': stale,
    'place-unknown': UNKNOWN_SAYS_NOTHING,
    unpaid: stale,
    paying: stale,
    closed: known,
    failed: known,
    'not-found': stays(`${is}: known is not replaced by not found`),
    'never-arrived': known,
    'query-unknown': UNKNOWN_SAYS_NOTHING,
    'close-wanted': FINAL_NO_WISH,
    'close-done': known,
    'close-order-paid': stays(`${is}: only a report with the payment says more`),
    'close-order-closed': known,
    'close-order-not-exist': known,
    'close-busy': stale,
    'close-unknown': UNKNOWN_SAYS_NOTHING,
    'reverse-wanted': FINAL_NO_WISH,
    'reverse-again': known,
    'reverse-unknown': UNKNOWN_SAYS_NOTHING,
    'reverse-expired': known,
  };
};

/** Money is there. */
export const PAID: Row = {
  ...lessThan('it is paid'),
  paid: stays('it is paid: told once already'),
  revoked: TAKEN_BACK,
  'reverse-done': TAKEN_BACK,
};

/** WeChat Pay closed it. */
export const CLOSED: Row = {
  ...lessThan('it is closed'),
  paid: LATE_MONEY,
  revoked: stays('it is closed: reversed says the same, nothing was kept and nothing can be paid'),
  'reverse-done': stays('it is closed: reversed says the same, nothing was kept and nothing can be paid'),
};

/** A micropay order taken back. */
export const REVERSED: Row = {
  ...lessThan('it is reversed'),
  paid: stays('it is reversed: the money of this older answer went back to the payer'),
  revoked: stays('it is reversed: told once already'),
  'reverse-done': stays('it is reversed: told once already'),
};

/** WeChat Pay refused to place it. */
export const REJECTED: Row = {
  ...lessThan('it was rejected'),
  paid: LATE_MONEY,
  revoked: TAKEN_BACK,
  'reverse-done': TAKEN_BACK,
};

/** PAYERROR. */
export const FAILED: Row = {
  ...lessThan('it failed'),
  paid: LATE_MONEY,
  revoked: TAKEN_BACK,
  'reverse-done': TAKEN_BACK,
};
