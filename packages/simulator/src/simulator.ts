import { type Clock, type Http, type Random, systemClock, systemRandom } from '@orderkeeper/ports';
import { cancel, fail, type OrderName, pay, type PayerResult, type PayWish, scan } from './actions/payer.ts';
import { createSteerableClock, type SteerableClock } from './clock/steerable-clock.ts';
import { createWorld } from './create-world.ts';
import { createGateway } from './gateway/gateway.ts';
import { createOauth } from './oauth/oauth.ts';
import type { Settings, Switches } from './switches.ts';
import type { SimMerchant, World } from './world.ts';

/** Settings of {@link createSimulator}. */
export interface SimulatorOptions {
  /** What the simulator's own clock runs with; default the machine's. */
  readonly clock?: Clock;
  readonly random?: Random;
  readonly merchants: readonly SimMerchant[];
  readonly switches?: Partial<Switches>;
  readonly settings?: Partial<Settings>;
}

/** What payers do. */
export interface Payer {
  readonly scan: (order: OrderName) => PayerResult;
  readonly pay: (order: OrderName, wish?: PayWish) => PayerResult;
  readonly cancel: (order: OrderName) => PayerResult;
  readonly fail: (order: OrderName) => PayerResult;
  /** Opens the mini program and gets its `js_code`; the same visitor has the same openid every time. */
  readonly login: (appid: string, visitor: string) => string;
}

/** A pretend WeChat Pay in this process. */
export interface Simulator {
  /** WeChat Pay's side of the wire: every path under any host. */
  readonly handle: Http;
  readonly world: World;
  readonly clock: SteerableClock;
  readonly payer: Payer;
  /** Empties the book; merchants, switches and settings stay. */
  readonly reset: () => void;
  /** Stops every timer. A simulator that is not closed keeps its process alive. */
  readonly close: () => void;
}

/** Creates a simulator without any socket. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { clock: base = systemClock, random = systemRandom, merchants, switches = {}, settings = {} } = options;
  const clock = createSteerableClock({ base });
  const { world, reset } = createWorld({ clock, baseClock: base, random, merchants, switches, settings });
  const oauth = createOauth(world);
  return {
    handle: createGateway(world, oauth.answer),
    world,
    clock,
    payer: {
      scan: (order) => scan(world, order),
      pay: (order, wish) => pay(world, order, wish),
      cancel: (order) => cancel(world, order),
      fail: (order) => fail(world, order),
      login: (appid, visitor) => oauth.book.issueCode(appid, visitor, 'mini-program'),
    },
    reset,
    close: () => {
      reset();
      clock.stop();
    },
  };
}
