/** Resolves in the next turn of the event loop: when every promise that could already go on has gone on. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
