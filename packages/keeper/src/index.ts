export { openSqliteStore, type OpenSqliteReason, type SqliteStoreOptions } from './store/sqlite/open-sqlite-store.ts';
export {
  type Change,
  type ClaimRequest,
  type InsertResult,
  type LeasedDuty,
  type ListCursor,
  type ListRequest,
  type OrderPage,
  parseListCursor,
  type ReceivedNotice,
  type RememberedAnswer,
  type Store,
  type StoredEvent,
  type TimelineEntry,
} from './store/store.ts';
