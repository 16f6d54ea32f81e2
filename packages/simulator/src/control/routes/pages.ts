import type { Route } from '../route.ts';

/** Pages for people. */
export const PAGE_ROUTES: readonly Route[] = [];
