import { describe, expect, test } from 'vitest';
import type { OrderState } from '../../core/order.ts';
import { type ListCursor, type ListRequest, parseListCursor, type Store } from '../store.ts';
import type { WithStore } from './fixture.ts';
import { changeSample, MERCHANT, mchid, NOON_MS, orderId, orderSample, paid } from './samples.ts';

const OTHER_MERCHANT = mchid('1900000110');

/** Seven orders: even ones of another merchant; 3 and 4 are closed. */
async function openSeven(store: Store): Promise<void> {
  for (const number of [1, 2, 3, 4, 5, 6, 7]) {
    const merchant = number % 2 === 0 ? OTHER_MERCHANT : MERCHANT;
    const state: OrderState = number === 3 || number === 4 ? 'closed' : 'open';
    await store.insert(changeSample(orderSample(`o${number}`, { mchid: merchant, state })));
  }
}

async function pagesOf(store: Store, request: ListRequest): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = [];
  let cursor: ListCursor | undefined;
  do {
    const page = await store.list({ ...request, ...(cursor !== undefined && { cursor }) });
    pages.push(page.orders.map((order) => order.orderId));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return pages;
}

/** Pages of orders, and counts over them. */
export function describeLists(withStore: WithStore): void {
  describe('a list of orders', () => {
    test(
      'goes from the newest to the oldest, page by page',
      withStore(async (store) => {
        await openSeven(store);
        expect(await pagesOf(store, { limit: 3 })).toEqual([['o7', 'o6', 'o5'], ['o4', 'o3', 'o2'], ['o1']]);
        expect(await pagesOf(store, { limit: 7 })).toEqual([['o7', 'o6', 'o5', 'o4', 'o3', 'o2', 'o1']]);
      }),
    );

    const filters: readonly { what: string; request: ListRequest; pages: string[][] }[] = [
      { what: 'a state', request: { limit: 2, state: 'closed' }, pages: [['o4', 'o3']] },
      { what: 'a merchant', request: { limit: 2, mchid: OTHER_MERCHANT }, pages: [['o6', 'o4'], ['o2']] },
      {
        what: 'a merchant and a state',
        request: { limit: 2, mchid: MERCHANT, state: 'open' },
        pages: [['o7', 'o5'], ['o1']],
      },
    ];
    for (const { what, request, pages } of filters) {
      test(
        `shows only ${what} when asked for`,
        withStore(async (store) => {
          await openSeven(store);
          expect(await pagesOf(store, request)).toEqual(pages);
        }),
      );
    }

    test(
      'does not shift when orders are opened between two pages',
      withStore(async (store) => {
        await openSeven(store);
        const first = await store.list({ limit: 5 });
        await store.insert(changeSample(orderSample('o8')));
        const second = await store.list({ limit: 5, ...(first.nextCursor && { cursor: first.nextCursor }) });
        expect(second.orders.map((order) => order.orderId)).toEqual(['o2', 'o1']);
      }),
    );

    test(
      'of an empty store is empty',
      withStore(async (store) => {
        expect(await store.list({ limit: 5 })).toEqual({ orders: [] });
      }),
    );

    test('has no cursor but the ones it gave out', () => {
      for (const text of ['', '0', '-1', '1e3', 'o1', '1234567890123456']) {
        expect(parseListCursor(text)).toMatchObject({ ok: false, reason: 'malformed' });
      }
    });
  });

  describe('the count of payments learned (R6)', () => {
    test(
      'tells notices from queries, for one merchant and since a moment',
      withStore(async (store) => {
        const learned = [
          { merchant: MERCHANT, by: 'notice', atMs: NOON_MS },
          { merchant: MERCHANT, by: 'query', atMs: NOON_MS + 1 },
          { merchant: MERCHANT, by: 'query', atMs: NOON_MS + 2 },
          { merchant: MERCHANT, by: 'bill', atMs: NOON_MS + 3 },
          { merchant: OTHER_MERCHANT, by: 'notice', atMs: NOON_MS + 4 },
        ] as const;
        for (const [index, { merchant, by, atMs }] of learned.entries()) {
          const order = orderSample(`o${index}`, { mchid: merchant });
          await store.insert(changeSample(order));
          await store.change(orderId(`o${index}`), (stored) => changeSample(paid(stored, { by, atMs })));
        }
        expect(await store.learnedCounts(MERCHANT, NOON_MS)).toEqual({ byNotice: 1, byQuery: 2 });
        expect(await store.learnedCounts(MERCHANT, NOON_MS + 2)).toEqual({ byNotice: 0, byQuery: 1 });
        expect(await store.learnedCounts(OTHER_MERCHANT, NOON_MS)).toEqual({ byNotice: 1, byQuery: 0 });
      }),
    );
  });
}
