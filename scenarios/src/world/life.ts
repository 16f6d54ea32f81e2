/** The life of one process: it ends once, and nothing that belongs to it goes on afterwards. */
export interface Life {
  readonly isOver: () => boolean;
  readonly end: () => void;
  /** Resolves when it ends. */
  readonly ended: Promise<'ended'>;
}

/** Begins a life. */
export function beginLife(): Life {
  let isOver = false;
  let tell: (word: 'ended') => void = () => {};
  const ended = new Promise<'ended'>((resolve) => {
    tell = resolve;
  });
  return {
    isOver: () => isOver,
    end: () => {
      isOver = true;
      tell('ended');
    },
    ended,
  };
}

/** What a dead process gets from any call: nothing, for ever. */
export const never = <Value>(): Promise<Value> => new Promise(() => {});
