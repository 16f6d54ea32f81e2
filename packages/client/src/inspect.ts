/** What `console.log` and `util.inspect` ask an object for; the symbol is in the global registry on purpose. */
export const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom');
