import { goes, type Row, stays } from './attempt-cell.ts';

/** Rows of the states in which an attempt can still be paid, or is being brought to its end. */

const PAID = goes('paid', 'WeChat Pay vouches for the money');
const REVOKED = goes('reversed', 'WeChat Pay says it was taken back');
const PAYERROR = goes('failed', 'the payment failed for good');
const CLOSED = goes('closed', 'WeChat Pay says it is closed');
const REVERSED = goes('reversed', 'the reverse is done: nothing can be paid, and what was paid went back');
const UNKNOWN_SAYS_NOTHING = stays('no answer is no knowledge');
const REVERSE_SENT = goes('reversing', 'a reverse was sent, so it is brought to its end');
const STRAY_CLOSE = stays('nobody here sent this close; a query tells what became of it');
const NOT_CONCLUSIVE = stays('only an attempt that is being ended can turn out never to have arrived');
const REVERSE_LATE = stays('too old to be reversed; the trade state decides');

/** Committed; the placing call may be on its way. */
export const CREATING: Row = {
  placed: goes('open', 'the order is at WeChat Pay'),
  'place-rejected': goes('rejected', 'refused for certain; no payer was given anything to pay with'),
  'place-doubtful': stays('something exists under this number; a query tells what'),
  'place-unknown': stays('the call may have arrived: ask, then repeat it with the same content'),
  paid: PAID,
  unpaid: goes('open', 'the placing call did arrive'),
  paying: goes('paying', 'the payer is entering the password'),
  closed: CLOSED,
  revoked: REVOKED,
  failed: PAYERROR,
  'not-found': stays('not there yet: the placing call is repeated'),
  'never-arrived': NOT_CONCLUSIVE,
  'query-unknown': UNKNOWN_SAYS_NOTHING,
  'close-wanted': goes('closing', 'the placing call may still arrive, so it is closed like any other'),
  'close-done': STRAY_CLOSE,
  'close-order-paid': STRAY_CLOSE,
  'close-order-closed': CLOSED,
  'close-order-not-exist': STRAY_CLOSE,
  'close-busy': STRAY_CLOSE,
  'close-unknown': UNKNOWN_SAYS_NOTHING,
  'reverse-wanted': goes('reversing', 'the charge may still arrive, so it is reversed'),
  'reverse-done': REVERSED,
  'reverse-again': REVERSE_SENT,
  'reverse-unknown': REVERSE_SENT,
  'reverse-expired': REVERSE_LATE,
};

/** At WeChat Pay, unpaid. */
export const OPEN: Row = {
  placed: stays('the order was there already; the newer prepay id counts'),
  'place-rejected': stays('a refused repetition takes nothing back from the order that is there'),
  'place-doubtful': stays('the number is known there, as we know; a query tells more'),
  'place-unknown': UNKNOWN_SAYS_NOTHING,
  paid: PAID,
  unpaid: stays('still unpaid'),
  paying: goes('paying', 'the payer is entering the password'),
  closed: CLOSED,
  revoked: REVOKED,
  failed: PAYERROR,
  'not-found': stays('it was there before: known is not replaced by not found'),
  'never-arrived': NOT_CONCLUSIVE,
  'query-unknown': UNKNOWN_SAYS_NOTHING,
  'close-wanted': goes('closing', 'nothing more is wanted: query, close, query'),
  'close-done': STRAY_CLOSE,
  'close-order-paid': STRAY_CLOSE,
  'close-order-closed': CLOSED,
  'close-order-not-exist': STRAY_CLOSE,
  'close-busy': STRAY_CLOSE,
  'close-unknown': UNKNOWN_SAYS_NOTHING,
  'reverse-wanted': goes('reversing', 'a micropay order without an end is taken back'),
  'reverse-done': REVERSED,
  'reverse-again': REVERSE_SENT,
  'reverse-unknown': REVERSE_SENT,
  'reverse-expired': REVERSE_LATE,
};

/** The payer is entering the password. */
export const PAYING: Row = {
  placed: stays('a late answer of the placing call says less'),
  'place-rejected': stays('a refused repetition takes nothing back from the payment under way'),
  'place-doubtful': stays('the number is known there, as we know; a query tells more'),
  'place-unknown': UNKNOWN_SAYS_NOTHING,
  paid: PAID,
  unpaid: goes('open', 'the payer went away without paying and may come back'),
  paying: stays('still entering the password'),
  closed: CLOSED,
  revoked: REVOKED,
  failed: PAYERROR,
  'not-found': stays('it was there before: known is not replaced by not found'),
  'never-arrived': NOT_CONCLUSIVE,
  'query-unknown': UNKNOWN_SAYS_NOTHING,
  'close-wanted': goes('closing', 'the payer may be faster than the close; its answer tells'),
  'close-done': STRAY_CLOSE,
  'close-order-paid': STRAY_CLOSE,
  'close-order-closed': CLOSED,
  'close-order-not-exist': STRAY_CLOSE,
  'close-busy': STRAY_CLOSE,
  'close-unknown': UNKNOWN_SAYS_NOTHING,
  'reverse-wanted': goes('reversing', 'the payer took too long: the order is taken back'),
  'reverse-done': REVERSED,
  'reverse-again': REVERSE_SENT,
  'reverse-unknown': REVERSE_SENT,
  'reverse-expired': REVERSE_LATE,
};

/** Gives out nothing more; query, close, query under way. */
export const CLOSING: Row = {
  placed: stays('the placing call did arrive; it is being closed'),
  'place-rejected': stays('an earlier placing call may have arrived; the closing goes on to its proof'),
  'place-doubtful': stays('the closing asks in any case'),
  'place-unknown': UNKNOWN_SAYS_NOTHING,
  paid: goes('paid', 'the payer was faster than the close'),
  unpaid: stays('not closed yet'),
  paying: stays('the payer may still be faster; the close goes on'),
  closed: goes('closed', 'WeChat Pay says so: this is the receipt'),
  revoked: REVOKED,
  failed: PAYERROR,
  'not-found': stays('not found is a proof only after a close, and when no prepay id was handed out'),
  'never-arrived': goes('closed', 'unknown there after a close, and nobody was given a prepay id'),
  'query-unknown': UNKNOWN_SAYS_NOTHING,
  'close-wanted': stays('it is being closed already'),
  'close-done': stays('done is not yet proof: a query follows'),
  'close-order-paid': stays('the payer was faster; a query brings the payment'),
  'close-order-closed': goes('closed', 'closed already: this is the receipt'),
  'close-order-not-exist': stays('a query proves it'),
  'close-busy': stays('refused for now, perhaps because the payer is paying: ask, then close again'),
  'close-unknown': stays('the close may have arrived: the same again later'),
  'reverse-wanted': stays('only micropay orders are reversed'),
  'reverse-done': REVERSED,
  'reverse-again': stays('only micropay orders are reversed'),
  'reverse-unknown': UNKNOWN_SAYS_NOTHING,
  'reverse-expired': stays('only micropay orders are reversed'),
};

/** A micropay order is being taken back. */
export const REVERSING: Row = {
  placed: stays('it is being taken back, whatever the charge answered'),
  'place-rejected': stays('the reverse makes sure'),
  'place-doubtful': stays('the reverse makes sure'),
  'place-unknown': UNKNOWN_SAYS_NOTHING,
  paid: stays('a reverse may be on its way and would return this money: telling it as paid could be a lie'),
  unpaid: stays('not taken back yet'),
  paying: stays('not taken back yet'),
  closed: goes('closed', 'WeChat Pay says nothing can be paid any more'),
  revoked: goes('reversed', 'WeChat Pay says it was taken back'),
  failed: stays('WeChat Pay asks for the reverse after a failed payment too'),
  'not-found': stays('the charge may still arrive; the reverse comes first'),
  'never-arrived': goes('failed', 'the charge never reached WeChat Pay, and its code is spent or too old by now'),
  'query-unknown': UNKNOWN_SAYS_NOTHING,
  'close-wanted': stays('micropay is reversed, never closed'),
  'close-done': stays('micropay is reversed, never closed'),
  'close-order-paid': stays('the reverse goes on'),
  'close-order-closed': CLOSED,
  'close-order-not-exist': stays('the reverse goes on'),
  'close-busy': stays('the reverse goes on'),
  'close-unknown': UNKNOWN_SAYS_NOTHING,
  'reverse-wanted': stays('it is being reversed already'),
  'reverse-done': REVERSED,
  'reverse-again': stays('WeChat Pay wants the reverse repeated'),
  'reverse-unknown': stays('the reverse may have arrived: the same again later'),
  'reverse-expired': goes('paying', 'too old to be reversed: the trade state decides from here'),
};
