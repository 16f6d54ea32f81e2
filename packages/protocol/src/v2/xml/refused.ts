/** Why a document is refused. */
export type XmlReason =
  | 'too-large'
  | 'empty'
  | 'not-utf8'
  | 'invalid-character'
  | 'doctype'
  | 'wrong-root'
  | 'nested-element'
  | 'duplicate-element'
  | 'unknown-entity'
  | 'malformed';

/** Carries a refusal from the depth of the reader to its surface, where it becomes a value; it never leaves there. */
export class Refused extends Error {
  readonly reason: XmlReason;

  constructor(reason: XmlReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
