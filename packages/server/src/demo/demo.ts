import { type RunningSimulator, startSimulator } from '@orderkeeper/simulator';
import { openDemoWorld } from './demo-world.ts';
import { printEnd, printStep } from './print-story.ts';
import { closeMeetsPayment } from './stories/close-meets-payment.ts';
import { killedInClose } from './stories/killed-in-close.ts';
import { lostNotice } from './stories/lost-notice.ts';
import { micropayReversed } from './stories/micropay-reversed.ts';
import { paidAgain } from './stories/paid-again.ts';
import { paidTwice } from './stories/paid-twice.ts';
import { unpaidClosed } from './stories/unpaid-closed.ts';
import type { Story, ToldStory } from './story.ts';

/** The stories, in the order they are told. */
export const STORIES: readonly Story[] = [
  lostNotice,
  unpaidClosed,
  closeMeetsPayment,
  paidAgain,
  micropayReversed,
  killedInClose,
  paidTwice,
];

/** Where a demo goes to. */
export interface DemoOutput {
  readonly format: 'text' | 'json';
  readonly print: (line: string) => void;
}

/** Tells every story in an empty world and answers whether all ended as they must. */
export async function demo({ format, print }: DemoOutput): Promise<'all-ok' | 'some-wrong'> {
  const printText = format === 'text' ? print : () => {};
  printText(
    'Seven orders with a keeper and a simulated WeChat Pay, over real sockets, on a simulated clock (Beijing time).',
  );
  const simulator = await startSimulator();
  const told: ToldStory[] = [];
  try {
    for (const [index, story] of STORIES.entries()) {
      printText(`\n${index + 1}. ${story.title}`);
      told.push(await tell(story, simulator, printText));
    }
  } finally {
    await simulator.close();
  }
  if (format === 'json') print(JSON.stringify({ stories: told }, undefined, 2));
  const wrong = told.filter((story) => !story.ok);
  printText(
    wrong.length === 0
      ? `\nAll ${told.length} stories ended as they must.`
      : `\n${wrong.length} of ${told.length} stories ended wrong.`,
  );
  return wrong.length === 0 ? 'all-ok' : 'some-wrong';
}

async function tell(story: Story, simulator: RunningSimulator, print: (line: string) => void): Promise<ToldStory> {
  const world = await openDemoWorld(simulator, (step) => print(printStep(step)));
  try {
    await story.run(world);
  } finally {
    await world.close();
  }
  const told = world.narrator.told(story);
  print(printEnd(told));
  return told;
}
