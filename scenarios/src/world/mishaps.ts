import { HttpFailure } from '@orderkeeper/ports';
import type { Mishap } from '../plan/plan.ts';
import { keyChanges } from './key-changes.ts';
import type { Scene } from './run-world.ts';
import { strangeNotice } from './strange-notice.ts';

const STRANGE_EVERY_MS = 2_000;

/** Orders everything of a plan that goes wrong at a moment; what goes wrong at a step is in the fates of the processes. */
export function scheduleMishaps(scene: Scene, startMs: number): void {
  const { plan, clock, simulator, processes, note } = scene;
  const at = (atMs: number, task: () => void): unknown => clock.after(startMs + atMs - clock.nowMs(), task);
  for (const mishap of plan.mishaps) {
    switch (mishap.kind) {
      case 'fault': {
        const { fault, fromMs, untilMs } = mishap;
        const begin = (): void => {
          const { id } = simulator.faults.add(fault);
          at(untilMs, () => simulator.faults.remove(id));
        };
        if (fromMs === 0) begin();
        else at(fromMs, begin);
        break;
      }
      case 'restart':
        at(mishap.atMs, () => void processes[mishap.keeper]?.restart(mishap.downMs));
        break;
      case 'strange-notice':
        for (let nth = 0; nth < mishap.times; nth += 1) {
          at(mishap.atMs + nth * STRANGE_EVERY_MS, () => void sendStrangeNotice(scene, mishap));
        }
        break;
      case 'key-rotation':
      case 'key-switch':
        for (const { atMs, happens } of keyChanges(scene, mishap)) at(atMs, happens);
        break;
      case 'crash':
      case 'store-failure':
      case 'deaf-receiver':
        break;
    }
  }
  note(`${plan.orders.length} orders, ${plan.mishaps.length} mishaps`);
}

async function sendStrangeNotice(scene: Scene, mishap: Extract<Mishap, { kind: 'strange-notice' }>): Promise<void> {
  const { frontDoor, note } = scene;
  const request = strangeNotice(scene, mishap);
  note(`a strange notice (${mishap.protocol} ${mishap.how}) ${request === undefined ? 'is not sent' : 'comes'}`);
  if (request === undefined) return;
  try {
    await frontDoor.http(request);
  } catch (error) {
    note(`a strange notice is not taken: ${error instanceof HttpFailure ? error.reason : String(error)}`);
  }
}
