/** An expected failure: a literal reason to switch on, and a sentence that names the field and the remedy. */
export interface Failure<Reason extends string> {
  readonly ok: false;
  readonly reason: Reason;
  /** For people. Never contains a secret. */
  readonly message: string;
}

/** A value, or the reason why there is none. */
export type Result<Value, Reason extends string> = { readonly ok: true; readonly value: Value } | Failure<Reason>;

/** Wraps a value. */
export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** Wraps a reason and its sentence. */
export function failure<Reason extends string>(reason: Reason, message: string): Failure<Reason> {
  return { ok: false, reason, message };
}
