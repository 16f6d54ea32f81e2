import type { KeyMode } from '@orderkeeper/simulator';
import type { Clock } from '@orderkeeper/ports';
import { NEXT_CERTIFICATE } from '../world/wechat-pay-keys.ts';
import { ANSWER_FAULTS, type AnswerFault } from './faults.ts';
import { breachesOf, type EndedCall } from './law.ts';
import { type GatewayOperation, OPERATIONS } from './operations.ts';
import { createStage, finish, PUBLIC_KEYS, type Stage } from './stage.ts';
import { readPage, subjectAt } from './subject.ts';
import { tryCall } from './try-call.ts';

/** Something that happens while calls are under way. */
export type CrowdEvent =
  | { readonly kind: 'call'; readonly operation: string; readonly subject: number }
  | { readonly kind: 'payer-pays'; readonly subject: number }
  | { readonly kind: 'fault'; readonly fault: AnswerFault; readonly times: number }
  | { readonly kind: 'time-passes'; readonly ms: number }
  /** A new certificate that the client has before it is used, and the public key likewise. */
  | { readonly kind: 'orderly-rotation' | 'orderly-switch' }
  | { readonly kind: 'rotation' | 'retirement' | 'key-added' }
  | { readonly kind: 'new-certificate-share'; readonly share: number }
  | { readonly kind: 'mode'; readonly mode: KeyMode }
  /** The clock of the client is set; backwards only when nothing is under way, for a wait is measured with it. */
  | { readonly kind: 'client-clock'; readonly aheadMs: number };

/** What a crowd of calls may do; charging by code is done once for a number, so it has numbers of its own. */
export const CROWD_OPERATIONS = [
  'native',
  'h5',
  'queryByOutTradeNo',
  'queryById',
  'close',
  'refund',
  'refundQuery',
  'combineNative',
  'combineQuery',
  'combineClose',
  'codepay, paid after the password',
  'reverse',
] as const;

/** What a crowd meets. Waits are short, so that every answer that WeChat Pay has given arrives and is remembered. */
export const CROWD_FAULTS = ANSWER_FAULTS.filter(
  ({ effect }) => effect.kind !== 'other-order' && !(effect.kind === 'slow' && effect.delayMs > 5_000),
);

/** What became of a crowd. */
export interface CrowdEnd {
  readonly breaches: readonly string[];
  readonly outcomes: readonly EndedCall['outcome'][];
}

interface Crowd {
  readonly stage: Stage;
  readonly calls: { readonly name: string; readonly work: Promise<EndedCall> }[];
  readonly charged: Set<number>;
  readonly clientClock: { aheadMs: number };
}

/** Lets everything happen in its order, without waiting for calls to end, and holds each call against the law. */
export async function runCrowd(events: readonly CrowdEvent[], seed: number): Promise<CrowdEnd> {
  const clientClock = { aheadMs: 0 };
  const ahead = (clock: Clock): Clock => ({ after: clock.after, nowMs: () => clock.nowMs() + clientClock.aheadMs });
  const stage = createStage('certificate', { seed, clientClock: ahead });
  const crowd: Crowd = { stage, calls: [], charged: new Set(), clientClock };
  await finish(stage.clock, stage.client.keys.refresh());
  for (const event of events) await happen(crowd, event);
  const ended = await allOf(crowd);
  stage.simulator.faults.clear();
  await stage.clock.advance(60_000);
  const breaches = ended.flatMap(({ name, call }) => breachesOf(call).map((breach) => `${name}: ${breach}`));
  stage.simulator.close();
  return { breaches, outcomes: ended.map(({ call }) => call.outcome) };
}

const allOf = ({ stage, calls }: Crowd) =>
  finish(stage.clock, Promise.all(calls.map(async ({ name, work }) => ({ name, call: await work }))));

async function happen(crowd: Crowd, event: CrowdEvent): Promise<void> {
  const { stage } = crowd;
  const { simulator, keys, client, clock } = stage;
  switch (event.kind) {
    case 'call':
      return begin(crowd, event.operation, event.subject);
    case 'payer-pays': {
      const { outTradeNo, combineOutTradeNo } = subjectAt(event.subject);
      simulator.payer.pay({ outTradeNo });
      simulator.payer.pay({ outTradeNo: combineOutTradeNo });
      return;
    }
    case 'fault':
      simulator.faults.add({ ...event.fault, aim: {}, times: event.times });
      return;
    case 'time-passes':
      return clock.advance(event.ms);
    case 'orderly-rotation':
      keys.rotate(NEXT_CERTIFICATE);
      await finish(clock, client.keys.refresh());
      simulator.world.settings.newCertificateShare = 1;
      return;
    case 'orderly-switch':
      client.keys.add(PUBLIC_KEYS);
      keys.setMode(keys.modeOf('') === 'certificate' ? 'switching' : 'public-key');
      return;
    case 'rotation':
      return keys.rotate(NEXT_CERTIFICATE);
    case 'retirement':
      return keys.retire();
    case 'key-added':
      return client.keys.add(PUBLIC_KEYS);
    case 'new-certificate-share':
      simulator.world.settings.newCertificateShare = event.share;
      return;
    case 'mode':
      return keys.setMode(event.mode);
    case 'client-clock':
      if (event.aheadMs < crowd.clientClock.aheadMs) await allOf(crowd);
      crowd.clientClock.aheadMs = event.aheadMs;
  }
}

const CHARGES_FROM = 100;

function begin({ stage, calls, charged }: Crowd, name: string, index: number): void {
  const operation = operationNamed(name);
  const isCharge = operation.aim === 'v3/codepay';
  const isAboutCharge = isCharge || name === 'reverse';
  const number = isAboutCharge ? CHARGES_FROM + index : index;
  const subject = subjectAt(number);
  if (isCharge && charged.has(number)) return;
  if (isCharge) charged.add(number);
  const { order, refund } = readPage(stage.simulator.world, subject);
  if (name === 'queryById' && order?.payment === undefined) return;
  if (name === 'abnormalRefund' && refund === undefined) return;
  calls.push({ name: `${name} of ${number}`, work: tryCall(stage, operation, subject) });
}

function operationNamed(wanted: string): GatewayOperation {
  const operation = OPERATIONS.find(({ name }) => name === wanted);
  if (operation === undefined) throw new Error(`no operation is called ${wanted}`);
  return operation;
}
