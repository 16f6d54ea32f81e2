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

  let phase: 'open' | 'closed' = 'open';
  const read = async <Answer>(work: () => Answer): Promise<Answer> => {
    if (phase === 'closed') throw new Error('the store is closed');
    return work();
  };

  return {
    insert: (change) => commit(() => writer.insert(change)),
    change: (orderId, change) => commit(() => writer.change(orderId, change)),
    find: (orderId) => read(() => reader.find(orderId)),
    findByOutTradeNo: (mchid, outTradeNo) => read(() => reader.findByOutTradeNo(mchid, outTradeNo)),
    findByOutRefundNo: (mchid, outRefundNo) => read(() => reader.findByOutRefundNo(mchid, outRefundNo)),
    list: (request) => read(() => reader.list(request)),
    learnedCounts: (mchid, sinceMs) => read(() => reader.learnedCounts(mchid, sinceMs)),
    timeline: (orderId) => read(() => timeline.of(orderId)),

    claim: (request) => commit(() => duties.claim(request)),
    settle: (duty) => commit(() => duties.settle(duty)),
    postpone: (duty, dueAtMs) => commit(() => duties.postpone(duty, dueAtMs)),
    dutiesOf: (orderId) => read(() => duties.of(orderId)),
    nextDueAtMs: () => read(() => duties.nextDueAtMs()),

    undelivered: (orderId, destination, limit) => read(() => events.undelivered(orderId, destination, limit)),
    confirmDelivered: (eventId, destination, atMs) => commit(() => events.confirm(eventId, destination, atMs)),
    eventsAfter: (position, limit) => read(() => events.after(position, limit)),

    keepNotice: (notice) => commit(() => notices.keep(notice)),
    recall: (key) => read(() => answers.recall(key)),
    remember: (answer) => commit(() => answers.remember(answer)),
    forgetBefore: (atMs) => commit(() => answers.forgetBefore(atMs)),
    close: async () => {
      if (phase === 'closed') return;
      phase = 'closed';
      close();
      // The library keeps the file open until its statements are collected, so the log is emptied here.
      connection.execute('PRAGMA wal_checkpoint(PASSIVE)');
      connection.close();
    },
  };
}
