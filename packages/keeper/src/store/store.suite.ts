import { describe } from 'vitest';
import type { Store } from './store.ts';
import { describeDurability } from './suite/durability.suite.ts';
import { describeDuties } from './suite/duties.suite.ts';
import { describeEvents } from './suite/events.suite.ts';
import { describeLists } from './suite/lists.suite.ts';
import { describeNoticesAndAnswers } from './suite/notices-and-answers.suite.ts';
import { describeOrders } from './suite/orders.suite.ts';
import { describeRules } from './suite/rules.suite.ts';
import { describeTimeline } from './suite/timeline.suite.ts';
import { createFixture } from './suite/fixture.ts';

/** An empty database of its own, for one test. */
export interface StorePlace {
  /** Opens a store there; what was committed before is in it. */
  readonly open: () => Promise<Store>;
  readonly remove: () => Promise<void>;
}

/** The behaviour of a {@link Store}, which every implementation has. */
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
    describeDurability(fixture);
  });
}
