import { describe, expect, test } from 'vitest';
import type { Order } from '../../core/order.ts';
import type { ClaimRequest, LeasedDuty, Store } from '../store.ts';
import type { WithStore } from './fixture.ts';
import { changeSample, MERCHANT, mchid, NOON_MS, orderId, orderSample, schedule } from './samples.ts';

const LEASE_MS = 10_000;

const claimAt = (nowMs: number, changes: Partial<ClaimRequest> = {}): ClaimRequest => ({
  nowMs,
  leaseMs: LEASE_MS,
  leaseOwner: 'first',
  limit: 10,
  ...changes,
});

const namesOf = (duties: readonly LeasedDuty[]): readonly string[] =>
  duties.map(({ kind, subject }) => `${kind} ${subject}`);

/** Opens an order with a query due at noon, and claims it. */
async function openAndClaim(store: Store): Promise<LeasedDuty> {
  const order = orderSample('o1');
  await store.insert(changeSample(order, { duties: [schedule(order, 'query', NOON_MS)] }));
  const [duty] = await store.claim(claimAt(NOON_MS));
  if (duty === undefined) throw new Error('the query was not claimed');
  return duty;
}

const scheduleQuery = (dueAtMs: number) => (order: Order) =>
  changeSample(order, { duties: [schedule(order, 'query', dueAtMs)] });

/** Work with a time, done by one process at a time (R16). */
export function describeDuties(withStore: WithStore): void {
  describeSchedule(withStore);
  describeClaim(withStore);
  describeClaimOfOrder(withStore);
  describeLease(withStore);
}

function describeSchedule(withStore: WithStore): void {
  describe('a duty', () => {
    test(
      'is scheduled, moved and cancelled with the change of its order',
      withStore(async (store) => {
        const order = orderSample('o1');
        await store.insert(changeSample(order, { duties: [schedule(order, 'query', NOON_MS + 5)] }));
        expect(await store.dutiesOf(orderId('o1'))).toEqual([{ kind: 'query', subject: 'ao1', dueAtMs: NOON_MS + 5 }]);
        expect(await store.nextDueAtMs()).toBe(NOON_MS + 5);

        await store.change(orderId('o1'), (stored) =>
          changeSample(stored, {
            duties: [schedule(order, 'query', NOON_MS + 9), schedule(order, 'close', NOON_MS + 7)],
          }),
        );
        expect((await store.dutiesOf(orderId('o1'))).map(({ kind }) => kind)).toEqual(['close', 'query']);
        expect(await store.nextDueAtMs()).toBe(NOON_MS + 7);

        await store.change(orderId('o1'), (stored) =>
          changeSample(stored, {
            duties: [
              { change: 'cancel', kind: 'close', subject: 'ao1' },
              { change: 'cancel', kind: 'query', subject: 'ao1' },
              { change: 'cancel', kind: 'reverse', subject: 'never scheduled' },
            ],
          }),
        );
        expect(await store.dutiesOf(orderId('o1'))).toEqual([]);
        expect(await store.nextDueAtMs()).toBeUndefined();
      }),
    );

    test(
      'of one merchant does not touch a duty of another with the same subject',
      withStore(async (store) => {
        const ours = orderSample('o1');
        const theirs = orderSample('o2', { mchid: mchid('1900000110'), attempts: ours.attempts });
        await store.insert(changeSample(ours, { duties: [schedule(ours, 'query', NOON_MS)] }));
        await store.insert(changeSample(theirs, { duties: [schedule(theirs, 'query', NOON_MS)] }));
        await store.change(orderId('o1'), (stored) =>
          changeSample(stored, { duties: [{ change: 'cancel', kind: 'query', subject: 'ao1' }] }),
        );
        expect(await store.dutiesOf(orderId('o1'))).toEqual([]);
        expect(await store.dutiesOf(orderId('o2'))).toHaveLength(1);
      }),
    );
  });
}

function describeClaim(withStore: WithStore): void {
  describe('claiming', () => {
    test(
      'takes what is due, the most urgent priority first, then the earliest',
      withStore(async (store) => {
        const plan = [
          { id: 'o1', dueAtMs: NOON_MS - 9, priority: 'sweep' },
          { id: 'o2', dueAtMs: NOON_MS - 1, priority: 'payer-waits' },
          { id: 'o3', dueAtMs: NOON_MS - 5, priority: 'close' },
          { id: 'o4', dueAtMs: NOON_MS, priority: 'payer-waits' },
          { id: 'o5', dueAtMs: NOON_MS + 1, priority: 'payer-waits' },
        ] as const;
        for (const { id, dueAtMs, priority } of plan) {
          const order = orderSample(id);
          await store.insert(changeSample(order, { duties: [schedule(order, 'query', dueAtMs, priority)] }));
        }
        const firstThree = await store.claim(claimAt(NOON_MS, { limit: 3 }));
        expect(namesOf(firstThree)).toEqual(['query ao2', 'query ao4', 'query ao3']);
        expect(firstThree[0]).toEqual({
          orderId: 'o2',
          mchid: MERCHANT,
          kind: 'query',
          subject: 'ao2',
          dueAtMs: NOON_MS - 1,
          priority: 'payer-waits',
          claims: 1,
          leaseOwner: 'first',
          leaseUntilMs: NOON_MS + LEASE_MS,
        });
        expect(namesOf(await store.claim(claimAt(NOON_MS)))).toEqual(['query ao1']);
        expect(await store.claim(claimAt(NOON_MS))).toEqual([]);
      }),
    );

    test(
      'by many at once gives each duty to one of them',
      withStore(async (store) => {
        const orders = Array.from({ length: 40 }, (_, index) => orderSample(`o${index}`));
        await Promise.all(
          orders.map((order) => store.insert(changeSample(order, { duties: [schedule(order, 'query', NOON_MS)] }))),
        );
        const claims = await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            store.claim(claimAt(NOON_MS, { leaseOwner: `worker ${index}`, limit: 7 })),
          ),
        );
        const names = claims.flatMap(namesOf);
        expect(names).toHaveLength(40);
        expect(new Set(names).size).toBe(40);
      }),
    );

    test(
      'leaves out merchants whose budget is used up, and kinds that were not asked for',
      withStore(async (store) => {
        const busyMerchant = mchid('1900000110');
        for (const [id, merchant] of [
          ['o1', busyMerchant],
          ['o2', MERCHANT],
          ['o3', mchid('1900000111')],
        ] as const) {
          const order = orderSample(id, { mchid: merchant });
          const duties = [
            schedule(order, 'query', NOON_MS - 2, 'sweep'),
            schedule(order, 'close', NOON_MS - 3, 'close'),
            schedule(order, 'deliver', NOON_MS - 1, 'sweep'),
          ];
          await store.insert(changeSample(order, { duties }));
        }
        const request = claimAt(NOON_MS, { exceptMchids: [busyMerchant], kinds: ['deliver', 'close'], limit: 3 });
        expect(namesOf(await store.claim(request))).toEqual(['close ao2', 'close ao3', 'deliver ao2']);
        expect(namesOf(await store.claim(claimAt(NOON_MS, { exceptMchids: [busyMerchant] })))).toEqual([
          'query ao2',
          'query ao3',
          'deliver ao3',
        ]);
        expect(namesOf(await store.claim(claimAt(NOON_MS, { kinds: ['query'] })))).toEqual(['query ao1']);
        expect(namesOf(await store.claim(claimAt(NOON_MS)))).toEqual(['close ao1', 'deliver ao1']);
      }),
    );
  });
}

function describeClaimOfOrder(withStore: WithStore): void {
  describe('claiming for one order', () => {
    test(
      'takes only its own duties, of the kinds asked for, most urgent first',
      withStore(async (store) => {
        for (const id of ['o1', 'o2']) {
          const order = orderSample(id);
          const duties = [
            schedule(order, 'query', NOON_MS, 'sweep'),
            schedule(order, 'place', NOON_MS, 'payer-waits'),
            schedule(order, 'close', NOON_MS + 1, 'close'),
            schedule(order, 'deliver', NOON_MS, 'close'),
          ];
          await store.insert(changeSample(order, { duties }));
        }
        const ofOne = claimAt(NOON_MS, { orderId: orderId('o1') });
        expect(namesOf(await store.claim({ ...ofOne, kinds: ['place'] }))).toEqual(['place ao1']);
        expect(namesOf(await store.claim({ ...ofOne, exceptMchids: [MERCHANT] }))).toEqual([]);
        expect(namesOf(await store.claim({ ...ofOne, limit: 1 }))).toEqual(['deliver ao1']);
        expect(namesOf(await store.claim(ofOne))).toEqual(['query ao1']);
        expect(namesOf(await store.claim(claimAt(NOON_MS)))).toEqual(['place ao2', 'deliver ao2', 'query ao2']);
      }),
    );
  });
}

function describeLease(withStore: WithStore): void {
  describe('a lease', () => {
    test(
      'that expires lets the duty come due again, counting its claims (R16)',
      withStore(async (store) => {
        await openAndClaim(store);
        expect(await store.nextDueAtMs()).toBe(NOON_MS + LEASE_MS);
        expect(await store.claim(claimAt(NOON_MS + LEASE_MS - 1, { leaseOwner: 'second' }))).toEqual([]);
        const [again] = await store.claim(claimAt(NOON_MS + LEASE_MS, { leaseOwner: 'second' }));
        expect(again).toMatchObject({ dueAtMs: NOON_MS, claims: 2, leaseOwner: 'second' });
      }),
    );

    test(
      'is settled by a change, which may schedule the same duty anew',
      withStore(async (store) => {
        const duty = await openAndClaim(store);
        await store.change(orderId('o1'), (order) => ({ ...scheduleQuery(NOON_MS + 500)(order), settles: duty }));
        const [next] = await store.claim(claimAt(NOON_MS + 500));
        expect(next).toMatchObject({ dueAtMs: NOON_MS + 500, claims: 1 });
      }),
    );

    test(
      'is settled without a decision too',
      withStore(async (store) => {
        await store.settle(await openAndClaim(store));
        expect(await store.dutiesOf(orderId('o1'))).toEqual([]);
        expect(await store.nextDueAtMs()).toBeUndefined();
      }),
    );

    test(
      'is given back by postponing, and the claims go on counting',
      withStore(async (store) => {
        const duty = await openAndClaim(store);
        await store.postpone(duty, NOON_MS + 300);
        expect(await store.claim(claimAt(NOON_MS + 299))).toEqual([]);
        const [again] = await store.claim(claimAt(NOON_MS + 300));
        expect(again).toMatchObject({ dueAtMs: NOON_MS + 300, claims: 2 });
      }),
    );

    test(
      'that was lost settles and postpones nothing',
      withStore(async (store) => {
        const lost = await openAndClaim(store);
        const [held] = await store.claim(claimAt(NOON_MS + LEASE_MS, { leaseOwner: 'second' }));
        await store.settle(lost);
        await store.postpone(lost, NOON_MS);
        await store.change(orderId('o1'), (order) => changeSample(order, { settles: lost }));
        expect(await store.dutiesOf(orderId('o1'))).toEqual([{ kind: 'query', subject: 'ao1', dueAtMs: NOON_MS }]);
        expect(await store.claim(claimAt(NOON_MS + LEASE_MS))).toEqual([]);
        if (held !== undefined) await store.settle(held);
        expect(await store.dutiesOf(orderId('o1'))).toEqual([]);
      }),
    );

    test(
      'ends when a change cancels the duty',
      withStore(async (store) => {
        const duty = await openAndClaim(store);
        await store.change(orderId('o1'), (order) =>
          changeSample(order, { duties: [{ change: 'cancel', kind: 'query', subject: 'ao1' }] }),
        );
        await store.postpone(duty, NOON_MS + 1);
        expect(await store.dutiesOf(orderId('o1'))).toEqual([]);
      }),
    );

    test(
      'is kept when a change schedules the duty anew, so that no second process starts the same call',
      withStore(async (store) => {
        const duty = await openAndClaim(store);
        await store.change(orderId('o1'), scheduleQuery(NOON_MS + 1));
        expect(await store.claim(claimAt(NOON_MS + 1, { leaseOwner: 'second' }))).toEqual([]);
        await store.settle(duty);
        const [again] = await store.claim(claimAt(NOON_MS + 1, { leaseOwner: 'second' }));
        expect(again).toMatchObject({ dueAtMs: NOON_MS + 1, claims: 1 });
      }),
    );

    test(
      'of a duty that was scheduled anew does not postpone the new time',
      withStore(async (store) => {
        const duty = await openAndClaim(store);
        await store.change(orderId('o1'), scheduleQuery(NOON_MS + 1));
        await store.postpone(duty, NOON_MS + 60_000);
        expect(await store.nextDueAtMs()).toBe(NOON_MS + 1);
      }),
    );
  });
}
