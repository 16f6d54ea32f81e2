import type { Store } from '../store.ts';

/** An empty database of its own, for one test. */
export interface StorePlace {
  /** Opens a store there; what was committed before is in it. */
  readonly open: () => Promise<Store>;
  readonly remove: () => Promise<void>;
}

/** Gives a test a store of its own, and `reopen`, which closes it and opens it again; cleans up afterwards. */
export type WithStore = (story: (store: Store, reopen: () => Promise<Store>) => Promise<void>) => () => Promise<void>;

/** Creates a {@link WithStore} on places of one kind. */
export function createFixture(createPlace: () => Promise<StorePlace>): WithStore {
  return (story) => async () => {
    const place = await createPlace();
    let store = await place.open();
    try {
      await story(store, async () => {
        await store.close();
        store = await place.open();
        return store;
      });
    } finally {
      await store.close();
      await place.remove();
    }
  };
}
