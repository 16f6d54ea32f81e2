declare const brand: unique symbol;

/** A primitive that only its own parser can make; `Brand<string, 'OutTradeNo'>` is no `Brand<string, 'TransactionId'>`. */
export type Brand<Primitive, Name extends string> = Primitive & { readonly [brand]: Name };
