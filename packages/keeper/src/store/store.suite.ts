import { describe } from 'vitest';
import { describeDecisions } from './testing/decisions.suite.ts';
import { describeDurability } from './testing/durability.suite.ts';
import { describeDuties } from './testing/duties.suite.ts';
import { describeEvents } from './testing/events.suite.ts';
import { describeLists } from './testing/lists.suite.ts';
import { describeNoticesAndAnswers } from './testing/notices-and-answers.suite.ts';
import { describeOrders } from './testing/orders.suite.ts';
import { describeRules } from './testing/rules.suite.ts';
import { describeTimeline } from './testing/timeline.suite.ts';
import { createFixture, type StorePlace } from './testing/fixture.ts';

/** The behaviour of a store, which every implementation has. */
export function describeStore(name: string, createPlace: () => Promise<StorePlace>): void {
  const fixture = createFixture(createPlace);
  describe(`the store in ${name}`, () => {
    describeOrders(fixture);
    describeEvents(fixture);
    describeTimeline(fixture);
    describeDuties(fixture);
    describeLists(fixture);
    describeNoticesAndAnswers(fixture);
    describeRules(fixture);
    describeDecisions(fixture);
    describeDurability(fixture);
  });
}
