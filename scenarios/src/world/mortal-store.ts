import type { Store } from '@orderkeeper/keeper';
import type { RunStep } from './steps.ts';

/** The store as one process sees it: each call is a step of that process. Closing it leaves it open for the others. */
export function mortalStore(store: Store, run: RunStep): Store {
  return {
    insert: (change) => run('store', 'insert', () => store.insert(change)),
    change: (orderId, change) => run('store', 'change', () => store.change(orderId, change)),
    find: (orderId) => run('store', 'find', () => store.find(orderId)),
    findByOutTradeNo: (mchid, no) => run('store', 'findByOutTradeNo', () => store.findByOutTradeNo(mchid, no)),
    findByOutRefundNo: (mchid, no) => run('store', 'findByOutRefundNo', () => store.findByOutRefundNo(mchid, no)),
    list: (request) => run('store', 'list', () => store.list(request)),
    timeline: (orderId) => run('store', 'timeline', () => store.timeline(orderId)),
    dutiesOf: (orderId) => run('store', 'dutiesOf', () => store.dutiesOf(orderId)),
    claim: (request) => run('store', 'claim', () => store.claim(request)),
    settle: (duty) => run('store', 'settle', () => store.settle(duty)),
    postpone: (duty, dueAtMs) => run('store', 'postpone', () => store.postpone(duty, dueAtMs)),
    nextDueAtMs: () => run('store', 'nextDueAtMs', () => store.nextDueAtMs()),
    undelivered: (orderId, destination, limit) =>
      run('store', 'undelivered', () => store.undelivered(orderId, destination, limit)),
    confirmDelivered: (eventId, destination, atMs) =>
      run('store', 'confirmDelivered', () => store.confirmDelivered(eventId, destination, atMs)),
    eventsAfter: (position, limit) => run('store', 'eventsAfter', () => store.eventsAfter(position, limit)),
    keepNotice: (notice) => run('store', 'keepNotice', () => store.keepNotice(notice)),
    learnedCounts: (mchid, sinceMs) => run('store', 'learnedCounts', () => store.learnedCounts(mchid, sinceMs)),
    recall: (key) => run('store', 'recall', () => store.recall(key)),
    remember: (answer) => run('store', 'remember', () => store.remember(answer)),
    forgetBefore: (atMs) => run('store', 'forgetBefore', () => store.forgetBefore(atMs)),
    close: () => Promise.resolve(),
  };
}
