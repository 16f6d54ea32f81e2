import { createSeededRandom } from '@orderkeeper/ports';
import { describe, expect, test } from 'vitest';
import type { FaultSubject } from '../world.ts';
import type { FaultPlan } from './fault.ts';
import { createFaultBook } from './fault-book.ts';

const SUBJECT: FaultSubject = {
  operation: 'orderquery',
  path: '/pay/orderquery',
  host: '127.0.0.1:8080',
  mchid: '1900000109',
  outTradeNo: 'A1',
};

const bookOf = (...plans: FaultPlan[]) => {
  const book = createFaultBook(createSeededRandom(5));
  for (const plan of plans) book.add(plan);
  return book;
};

const lost = (more: Partial<FaultPlan> = {}): FaultPlan => ({
  effect: { kind: 'no-answer' },
  moment: 'after',
  aim: {},
  ...more,
});

describe('what a fault is aimed at', () => {
  test.each<[string, FaultPlan['aim'], 'struck' | 'spared']>([
    ['everything', {}, 'struck'],
    ['its operation', { operation: 'orderquery' }, 'struck'],
    ['another operation', { operation: 'closeorder' }, 'spared'],
    ['its order', { outTradeNo: 'A1' }, 'struck'],
    ['another order', { outTradeNo: 'A10' }, 'spared'],
    ['its merchant', { mchid: '1900000109' }, 'struck'],
    ['another merchant', { mchid: '1900000110' }, 'spared'],
    ['its path', { path: '/pay/orderquery' }, 'struck'],
    ['its host without the port', { host: '127.0.0.1' }, 'struck'],
    ['its host with the port', { host: '127.0.0.1:8080' }, 'struck'],
    ['the second host', { host: 'localhost' }, 'spared'],
    ['a beginning of its host', { host: '127.0.0' }, 'spared'],
    ['its operation and another order', { operation: 'orderquery', outTradeNo: 'A2' }, 'spared'],
  ])('a fault for %s: the call is %s', (_, aim, end) => {
    expect(bookOf(lost({ aim })).match(SUBJECT, 'after')).toHaveLength(end === 'struck' ? 1 : 0);
  });

  test('the moment counts: a fault after the work leaves the moment before it alone', () => {
    const book = bookOf(lost());
    expect(book.match(SUBJECT, 'before')).toEqual([]);
    expect(book.match(SUBJECT, 'after')).toEqual([{ kind: 'no-answer' }]);
  });
});

describe('how often a fault strikes', () => {
  test('as many times as ordered, and is gone then', () => {
    const book = bookOf(lost({ times: 2 }));
    expect([1, 2, 3].map(() => book.match(SUBJECT, 'after').length)).toEqual([1, 1, 0]);
    expect(book.list()).toEqual([]);
  });

  test('without end when no number was ordered, and it counts', () => {
    const book = bookOf(lost());
    for (let call = 0; call < 5; call++) book.match(SUBJECT, 'after');
    expect(book.list()).toMatchObject([{ id: 'F1', hits: 5 }]);
  });

  test('about as often as its probability says', () => {
    const book = bookOf(lost({ probability: 0.25 }));
    const hits = Array.from({ length: 4000 }, () => book.match(SUBJECT, 'after').length).filter(
      (count) => count > 0,
    ).length;
    expect(hits).toBeGreaterThan(900);
    expect(hits).toBeLessThan(1100);
  });
});

describe('several faults', () => {
  test('only one decides, and the others are not used up', () => {
    const book = bookOf(lost({ times: 1 }), lost({ effect: { kind: 'reset' }, times: 1 }));
    expect(book.match(SUBJECT, 'after')).toEqual([{ kind: 'no-answer' }]);
    expect(book.match(SUBJECT, 'after')).toEqual([{ kind: 'reset' }]);
  });

  test('waiting goes together with anything', () => {
    const slow: FaultPlan = { effect: { kind: 'slow', delayMs: 700 }, moment: 'after', aim: {} };
    const book = bookOf(lost({ effect: { kind: 'wrong-sign' } }), slow);
    expect(book.match(SUBJECT, 'after').map(({ kind }) => kind)).toEqual(['wrong-sign', 'slow']);
  });

  test('can be taken back one by one or together', () => {
    const book = bookOf(lost(), lost(), lost());
    expect(book.remove('F2')).toBe('removed');
    expect(book.remove('F2')).toBe('not-found');
    expect(book.list().map(({ id }) => id)).toEqual(['F1', 'F3']);
    book.clear();
    expect(book.list()).toEqual([]);
  });
});

test('faults of notices strike notices only', () => {
  const book = bookOf({ effect: { kind: 'notice-dropped' }, moment: 'notice', aim: { operation: 'pay-notice' } });
  expect(book.match(SUBJECT, 'before')).toEqual([]);
  expect(book.matchNotice({ ...SUBJECT, operation: 'refund-notice' })).toEqual([]);
  expect(book.matchNotice({ ...SUBJECT, operation: 'pay-notice' })).toEqual([{ kind: 'notice-dropped' }]);
});
