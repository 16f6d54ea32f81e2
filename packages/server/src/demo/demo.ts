import type { ProtocolVersion } from '@orderkeeper/keeper';
import { startSimulator } from '@orderkeeper/simulator';
import { type DemoStage, openDemoWorld } from './demo-world.ts';
import { printEnd, printStep } from './print-story.ts';
import { closeMeetsPayment } from './stories/close-meets-payment.ts';
import { killedInClose } from './stories/killed-in-close.ts';
import { lostNotice } from './stories/lost-notice.ts';
import { micropayReversed } from './stories/micropay-reversed.ts';
import { paidAgain } from './stories/paid-again.ts';
import { paidTwice } from './stories/paid-twice.ts';
import { unpaidClosed } from './stories/unpaid-closed.ts';
import type { Story } from './story.ts';
import type { ToldStory } from './told-story.ts';

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
  /** What the merchant speaks with WeChat Pay. */
  readonly protocol: ProtocolVersion;
  readonly format: 'text' | 'json';
  readonly print: (line: string) => void;
}

const SPOKEN: Readonly<Record<ProtocolVersion, string>> = {
  v2: 'the classic API (v2: XML, signed with the API key)',
  v3: "APIv3 (JSON, signed with RSA; WeChat Pay's answers and notices are verified with its public key)",
};

/** Tells every story in an empty world and answers whether all ended as they must. */
export async function demo({ protocol, format, print }: DemoOutput): Promise<'all-ok' | 'some-wrong'> {
  const printText = format === 'text' ? print : () => {};
  printText(
    'Seven orders with a keeper and a simulated WeChat Pay, over real sockets, on a simulated clock (Beijing time).',
  );
  printText(`They speak ${SPOKEN[protocol]}.`);
  const simulator = await startSimulator();
  // As WeChat Pay treats every merchant that has registered since late 2024.
  simulator.world.v3.keys?.setMode('public-key');
  const told: ToldStory[] = [];
  try {
    for (const [index, story] of STORIES.entries()) {
      printText(`\n${index + 1}. ${story.title(protocol)}`);
      told.push(await tell(story, { simulator, protocol, onStep: (step) => printText(printStep(step)) }, printText));
    }
  } finally {
    await simulator.close();
  }
  if (format === 'json') print(JSON.stringify({ protocol, stories: told }, undefined, 2));
  const wrong = told.filter((story) => !story.ok);
  printText(
    wrong.length === 0
      ? `\nAll ${told.length} stories ended as they must.`
      : `\n${wrong.length} of ${told.length} stories ended wrong.`,
  );
  return wrong.length === 0 ? 'all-ok' : 'some-wrong';
}

async function tell(story: Story, stage: DemoStage, print: (line: string) => void): Promise<ToldStory> {
  const world = await openDemoWorld(stage);
  try {
    await story.run(world);
  } finally {
    await world.close();
  }
  const { name, title } = story;
  const told = world.narrator.told({ name, title: title(stage.protocol) });
  print(printEnd(told));
  return told;
}
