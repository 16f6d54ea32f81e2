import { HttpFailure } from '@orderkeeper/ports';
import { printStrangeNotice } from './strange-notice.ts';
import { KEPT } from './shop.ts';
import type { Scene } from './run-world.ts';

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
        at(mishap.atMs, () => void sendStrangeNotice(scene, mishap.how, `${mishap.orderId}-1`));
        break;
      case 'crash':
      case 'store-failure':
      case 'deaf-receiver':
        break;
    }
  }
  note(`${plan.orders.length} orders, ${plan.mishaps.length} mishaps`);
}

async function sendStrangeNotice(
  { frontDoor, note }: Scene,
  how: Parameters<typeof printStrangeNotice>[0],
  no: string,
) {
  const body = printStrangeNotice(how, no);
  try {
    await frontDoor({ method: 'POST', url: KEPT.notifyUrl, headers: { 'content-type': 'text/xml' }, body });
  } catch (error) {
    note(`a strange notice is not taken: ${error instanceof HttpFailure ? error.reason : String(error)}`);
  }
}
