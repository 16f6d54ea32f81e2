/** Proves who connects, for mutual TLS. Reuse one object per merchant: connections are pooled by it. */
export interface TlsIdentity {
  /** X.509 certificate, PEM. */
  readonly certificatePem: string;
  /** Its private key, PEM; absent where only the other side's certificate is known (a server's view). */
  readonly privateKeyPem?: string;
}

/** How long the parts of an exchange may take, in milliseconds. */
export interface HttpTimeLimits {
  /** Name lookup, TCP and TLS together. */
  readonly connectMs: number;
  /** From the request being written to the answer being complete. */
  readonly answerMs: number;
}

/** A request, the same on both sides of the wire. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute address; `https://api.mch.weixin.qq.com/pay/orderquery`. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly identity?: TlsIdentity;
  readonly timeLimits?: HttpTimeLimits;
  /** The answer may not be larger; beyond it the exchange fails with `answer-too-large`. */
  readonly answerBytesMax?: number;
  readonly signal?: AbortSignal;
}

/** An answer, the same on both sides of the wire. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * One exchange, for both sides: a client's transport can be a server's handler.
 * Rejects with {@link HttpFailure} and nothing else when there is no complete answer.
 */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

/** Why there is no answer. */
export type HttpFailureReason =
  | 'name-not-resolved'
  | 'connection-refused'
  | 'connect-timeout'
  | 'tls-failed'
  | 'answer-timeout'
  | 'connection-lost'
  | 'answer-too-large'
  | 'aborted';

/** Whether the other side may have seen the request: `not-sent` is certain, `maybe-sent` is not. */
export type Delivery = 'not-sent' | 'maybe-sent';

/** There was no complete answer. The message names the host and never contains headers or bodies. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';
  readonly reason: HttpFailureReason;
  readonly delivery: Delivery;

  constructor(reason: HttpFailureReason, delivery: Delivery, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
    this.delivery = delivery;
  }
}
