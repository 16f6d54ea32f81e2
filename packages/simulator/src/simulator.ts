import { type Clock, type Http, type Random, systemClock, systemRandom } from '@orderkeeper/ports';
import { createPayer, type Payer } from './actions/payer.ts';
import { createSteerableClock, type SteerableClock } from './clock/steerable-clock.ts';
import { createWorld, type WorldOptions } from './create-world.ts';
import { createGateway } from './gateway/gateway.ts';
import { createOauth } from './oauth/oauth.ts';
import type { World } from './world.ts';

/** Settings of {@link createSimulator}. */
export interface SimulatorOptions
  extends Pick<WorldOptions, 'merchants' | 'switches' | 'settings' | 'faults' | 'bills' | 'certificateAuthorityPem'> {
  /** What the simulator's own clock runs with; default the machine's. */
  readonly clock?: Clock;
  readonly random?: Random;
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
  const { clock: base = systemClock, random = systemRandom, ...rest } = options;
  const clock = createSteerableClock({ base });
  const { world, reset } = createWorld({ ...rest, clock, baseClock: base, random });
  const oauth = createOauth(world);
  return {
    handle: createGateway(world, oauth.answer),
    world,
    clock,
    payer: createPayer(world, oauth.book),
    reset,
    close: () => {
      reset();
      clock.stop();
    },
  };
}
