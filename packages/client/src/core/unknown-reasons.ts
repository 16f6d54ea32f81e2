import type { UnknownReason } from '../outcome.ts';

interface Explanation {
  readonly meaning: string;
  readonly remedy: string;
}

const ASK = 'query the order, or send the same request again under the same number';

const noAnswer = (meaning: string): Explanation => ({ meaning, remedy: `check the network; then ${ASK}` });
const damaged = (meaning: string): Explanation => ({ meaning, remedy: ASK });
const doubtful = (meaning: string): Explanation => ({
  meaning,
  remedy: `change nothing on the strength of this answer, and find out who sent it; then ${ASK}`,
});

/** What each reason means and what to do. `code` is explained by the code's own row. */
export const UNKNOWN_REASONS: Readonly<Record<Exclude<UnknownReason, 'code'>, Explanation>> = {
  'name-not-resolved': noAnswer('the name of the host could not be resolved'),
  'connection-refused': noAnswer('the host refused the connection or cannot be reached'),
  'connect-timeout': noAnswer('the host did not take the connection in time'),
  'tls-failed': {
    meaning: 'no TLS connection came about: one side did not accept the certificate of the other',
    remedy: 'check the merchant certificate and which certificate authorities are trusted; then call again',
  },
  'answer-timeout': noAnswer('no complete answer came in time; the request may have been carried out'),
  'connection-lost': noAnswer('the connection broke before the answer; the request may have been carried out'),
  'answer-too-large': damaged('the answer is larger than allowed and was not read'),
  aborted: damaged('the call was aborted after the request may have left'),
  'http-status': damaged('the answer has an HTTP status that settles nothing'),
  html: damaged('the answer is a web page'),
  damaged: damaged('the answer is not what its checksum says, or was cut'),
  'field-missing': damaged('the answer lacks an essential field'),
  'field-invalid': damaged('an essential field of the answer does not make sense'),
  'other-merchant': doubtful('the answer is about another merchant'),
  'other-number': doubtful('the answer is about another order or refund'),
  'other-amount': doubtful('the answer is about another amount'),
  replayed: doubtful('the answer was given before, to another call: somebody sends an old one'),
  'header-missing': doubtful('the answer is not signed'),
  'header-malformed': doubtful('the signature of the answer is in no known form'),
  'clock-skew': {
    meaning:
      'the answer was signed more than five minutes before or after our now: our clock is wrong, or it is an old one',
    remedy: `set the clock; then ${ASK}`,
  },
  probe: {
    meaning: 'WeChat Pay tests with a wrong signature that we refuse wrong signatures',
    remedy: `${ASK}; repeated requests are not tested again`,
  },
  'unknown-serial': {
    meaning: 'the answer is signed with a key of WeChat Pay that is not known here',
    remedy: `configure the public key that the message names; then ${ASK}`,
  },
  'key-not-valid': doubtful('the answer is signed with a certificate that is not valid now'),
  'signature-mismatch': doubtful('the signature of the answer is wrong: it was forged, or changed on the way'),
  'sealed-text-unreadable': {
    meaning: 'what the answer sealed does not open with the APIv3 key',
    remedy: 'check the APIv3 key of the merchant (账户中心, API安全, APIv3密钥)',
  },
  'keys-not-fetched': {
    meaning: 'the keys of WeChat Pay, without which no answer can be believed, could not be fetched; nothing was sent',
    remedy: 'check the network and the message; then call again',
  },
  'sign-missing': doubtful('the answer is not signed'),
  'sign-type-unknown': doubtful('the answer is signed in an unknown way'),
  'sign-type-weaker': doubtful('the answer is signed with a weaker algorithm than the request'),
  'sign-mismatch': doubtful('the signature of the answer is wrong: it was forged or changed, or made with another key'),
  'too-large': damaged('the answer is larger than any message of WeChat Pay'),
  empty: damaged('the answer is empty'),
  'not-utf8': damaged('the answer is not UTF-8'),
  'invalid-character': damaged('the answer has characters that XML forbids'),
  doctype: doubtful('the answer has a DOCTYPE, which no message of WeChat Pay has'),
  'wrong-root': damaged('the answer is no message of WeChat Pay'),
  'nested-element': damaged('the answer is no message of WeChat Pay: a field contains another'),
  'duplicate-element': doubtful('the answer has a field twice'),
  'unknown-entity': damaged('the answer has an entity that XML does not know'),
  'not-json': damaged('the answer is not JSON'),
  'not-an-object': damaged('the answer is JSON of another shape'),
  malformed: damaged('the answer is no well-formed XML, or was cut'),
  'return-code-missing': damaged('the answer has no return_code'),
  'result-code-missing': damaged('the answer has no result_code'),
};
