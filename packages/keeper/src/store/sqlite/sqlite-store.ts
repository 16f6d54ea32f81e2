import type { Store } from '../store.ts';
import { createAnswerTable } from './answer-table.ts';
import { createDutyTable } from './duty-table.ts';
import { createEventTable } from './event-table.ts';
import { createGroupCommit, type GroupCommitOptions } from './group-commit.ts';
import { createNoticeTable } from './notice-table.ts';
import { createOrderReader } from './order-reader.ts';
import { createOrderWriter } from './order-writer.ts';
import { createTimelineTable } from './timeline-table.ts';

/**
 * Puts the tables together into a {@link Store}. The tables are plain functions over one connection; here it is decided
 * which of them need a transaction. Reads run between the transactions, so they see what is committed and nothing else.
 */
export function createSqliteStore(options: GroupCommitOptions): Store {
  const { connection } = options;
  const { commit, close } = createGroupCommit(options);
  const duties = createDutyTable(connection);
  const events = createEventTable(connection);
  const timeline = createTimelineTable(connection);
  const notices = createNoticeTable(connection);
  const answers = createAnswerTable(connection);
  const reader = createOrderReader(connection);
  const writer = createOrderWriter(connection, { duties, events, timeline, notices });

  return {
    insert: (change) => commit(() => writer.insert(change)),
    change: (orderId, change) => commit(() => writer.change(orderId, change)),
    find: async (orderId) => reader.find(orderId),
    findByOutTradeNo: async (mchid, outTradeNo) => reader.findByOutTradeNo(mchid, outTradeNo),
    list: async (request) => reader.list(request),
    learnedCounts: async (mchid, sinceMs) => reader.learnedCounts(mchid, sinceMs),
    timeline: async (orderId) => timeline.of(orderId),

    claim: (request) => commit(() => duties.claim(request)),
    settle: (duty) => commit(() => duties.settle(duty)),
    postpone: (duty, dueAtMs) => commit(() => duties.postpone(duty, dueAtMs)),
    dutiesOf: async (orderId) => duties.of(orderId),
    nextDueAtMs: async () => duties.nextDueAtMs(),

    undelivered: async (orderId, destination, limit) => events.undelivered(orderId, destination, limit),
    confirmDelivered: (eventId, destination, atMs) => commit(() => events.confirm(eventId, destination, atMs)),
    eventsAfter: async (position, limit) => events.after(position, limit),

    keepNotice: (notice) => commit(() => notices.keep(notice)),
    recall: async (key) => answers.recall(key),
    remember: (answer) => commit(() => answers.remember(answer)),
    forgetBefore: (atMs) => commit(() => answers.forgetBefore(atMs)),
    close: async () => {
      close();
      connection.close();
    },
  };
}
