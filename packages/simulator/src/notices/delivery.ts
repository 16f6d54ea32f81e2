import type { CancelTimer, Http } from '@orderkeeper/ports';
import type { NoticeEffect } from '../faults/fault.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import type { World } from '../world.ts';
import { addressFlaw, type NoticeHosts } from './notify-address.ts';
import { ECHO_LADDER, NOTICE_DOUBLE_MS, NOTICE_LADDERS } from './notice-ladder.ts';
import type { NoticeRecord, NoticeTry } from './notice-record.ts';
import { type NoticeSubject, printNotice } from './notice-text.ts';
import { postNotice } from './post-notice.ts';
import { judgeReply, type ReplyVerdict } from './judge-reply.ts';
import { isClassic, judgeV3Reply, printV3Notice, type V3Message } from '../v3/notice.ts';

/** What deliveries work with. */
export interface DeliveryMeans {
  readonly world: World;
  readonly faults: FaultBook;
  /** How messages travel; without it none does. */
  readonly http?: Http;
  readonly hosts: NoticeHosts;
  /** Told of every message that leaves, until it has ended. */
  readonly track: (work: Promise<void>) => Promise<void>;
}

/** One notice at work: it is tried until it is delivered or its ladder is used up. */
export interface Delivery {
  readonly about: Pick<NoticeRecord, 'id' | 'kind' | 'mchid' | 'outTradeNo' | 'outRefundNo' | 'url' | 'createdAtMs'>;
  readonly subject: NoticeSubject;
  readonly tries: NoticeTry[];
  state: NoticeRecord['state'];
  nextTryAtMs?: number | undefined;
  /** How many delays of the ladder are used up. */
  rung: number;
  cancelNext: CancelTimer;
}

/** Tries that leave together; the ladder goes on when the last of them has failed. */
interface Flight {
  readonly delivery: Delivery;
  readonly cause: NoticeTry['cause'];
  readonly effects: readonly NoticeEffect[];
  readonly startedAtMs: number;
  openCount: number;
}

/** In the protocol before APIv3, whoever accepts such a message was deceived. */
const COUNTERFEIT: ReadonlySet<NoticeEffect['kind']> = new Set([
  'notice-forged',
  'notice-other-amount',
  'notice-other-merchant',
]);

const UNANSWERED = { answerStatus: 0, answerText: '' } as const;

/** Makes one try, and sees to it that others follow while it is needed. Resolves when the try has ended. */
export function attempt(delivery: Delivery, cause: NoticeTry['cause'], means: DeliveryMeans): Promise<void> {
  const { world, faults } = means;
  const effects = faults.matchNotice(faultSubject(delivery));
  const delayMs = effects.reduce((sum, effect) => (effect.kind === 'notice-delayed' ? sum + effect.delayMs : sum), 0);
  const depart = (): Promise<void> =>
    launch({ delivery, cause, effects, startedAtMs: world.clock.nowMs(), openCount: 0 }, means);
  // A person who orders a replay does not wait.
  if (delayMs === 0 || cause === 'replay') return depart();
  return new Promise((resolve) => wait(delivery, delayMs, () => void depart().then(resolve), world));
}

/** Ends a delivery; what is under way arrives and changes nothing. */
export function stop(delivery: Delivery, state: 'delivered' | 'stopped'): void {
  delivery.cancelNext();
  delivery.nextTryAtMs = undefined;
  delivery.state = state;
}

/** A delivery as it stands. */
export function recordOf({ about, state, nextTryAtMs, tries }: Delivery): NoticeRecord {
  return { ...about, state, ...(nextTryAtMs === undefined ? {} : { nextTryAtMs }), tries: [...tries] };
}

function faultSubject({ about }: Delivery) {
  const url = URL.canParse(about.url) ? new URL(about.url) : undefined;
  const { mchid, outTradeNo } = about;
  return { operation: `${about.kind}-notice`, path: url?.pathname ?? '', host: url?.host ?? '', mchid, outTradeNo };
}

function wait(delivery: Delivery, delayMs: number, task: () => void, { clock, schedule }: World): void {
  delivery.nextTryAtMs = clock.nowMs() + delayMs;
  delivery.cancelNext = schedule(delayMs, () => {
    delivery.nextTryAtMs = undefined;
    task();
  });
}

async function launch(flight: Flight, means: DeliveryMeans): Promise<void> {
  const { delivery, effects } = flight;
  const { world, http, hosts } = means;
  const flaw = addressFlaw(delivery.about.url, hosts);
  if (http === undefined || flaw !== undefined) {
    noteUnsent(flight, 'not-allowed', flaw ?? 'this simulator was given no Http to send notices with');
    if (delivery.state === 'waiting') stop(delivery, 'stopped');
    return;
  }
  if (effects.some(({ kind }) => kind === 'notice-dropped')) {
    noteUnsent(flight, 'dropped', 'a fault kept this try from being sent');
    land(flight, means);
    return;
  }
  const send = (cause: NoticeTry['cause']): Promise<void> => means.track(post(flight, cause, http, means));
  const posts = [send(flight.cause)];
  if (effects.some(({ kind }) => kind === 'notice-doubled')) posts.push(send('double'));
  else if (world.switches.concurrentNotices === 'doubled') {
    world.baseClock.after(NOTICE_DOUBLE_MS, () => {
      if (flight.openCount > 0) void send('double');
    });
  }
  await Promise.all(posts);
}

function noteUnsent(
  { delivery, cause, effects, startedAtMs }: Flight,
  verdict: 'dropped' | 'not-allowed',
  explanation: string,
): void {
  const faults = effects.map(({ kind }) => kind);
  delivery.tries.push({ ...UNANSWERED, atMs: startedAtMs, cause, faults, requestText: '', verdict, explanation });
}

async function post(flight: Flight, cause: NoticeTry['cause'], http: Http, means: DeliveryMeans): Promise<void> {
  const { delivery, effects } = flight;
  const { world } = means;
  const { about, tries } = delivery;
  const message = compose(delivery, effects, world);
  const requestText = message.text;
  const sent = { atMs: world.clock.nowMs(), cause, faults: effects.map(({ kind }) => kind), requestText };
  const place = tries.push({ ...sent, ...UNANSWERED, verdict: 'under-way', explanation: 'waits for the answer' }) - 1;
  flight.openCount++;
  const end = await postNotice(http, world.baseClock, about.url, message);
  flight.openCount--;
  tries[place] = { ...sent, ...end };
  // What deceives never counts as delivered, so the true message follows.
  if (end.verdict === 'accepted' && message.worth === 'genuine') stop(delivery, 'delivered');
  else if (flight.openCount === 0) land(flight, means);
}

interface Message extends V3Message {
  readonly judge: (status: number, body: Uint8Array) => ReplyVerdict;
}

/** A notice in the protocol of what it tells, as this try sends it. */
function compose({ about, subject, tries }: Delivery, effects: readonly NoticeEffect[], world: World): Message {
  if (!isClassic(subject)) {
    const printed = printV3Notice({ ...about, subject, effects, tryNumber: tries.length + 1 }, world);
    return { ...printed, judge: (status) => judgeV3Reply(status, world.switches) };
  }
  const key = world.merchants.get(about.mchid)?.apiKey;
  if (key === undefined) throw new Error(`merchant ${about.mchid} has an order and is not known`);
  const text = printNotice(subject, { key, switches: world.switches, effects });
  const worth = effects.some(({ kind }) => COUNTERFEIT.has(kind)) ? 'counterfeit' : 'genuine';
  return { text, headers: { 'content-type': 'text/xml' }, worth, judge: judgeReply };
}

/** After a try that failed the next one waits for its time; a replay leaves the ladder as it is. */
function land({ delivery, cause, startedAtMs }: Flight, means: DeliveryMeans): void {
  if (delivery.state !== 'waiting' || cause === 'replay') return;
  const { world } = means;
  const ladder = delivery.about.kind === 'echo' ? ECHO_LADDER : NOTICE_LADDERS[world.switches.noticeLadder];
  const delayMs = ladder[delivery.rung++];
  if (delayMs === undefined) {
    stop(delivery, 'stopped');
    return;
  }
  const dueAtMs = startedAtMs + delayMs * world.settings.noticeTimeScale;
  wait(delivery, Math.max(dueAtMs - world.clock.nowMs(), 0), () => void attempt(delivery, 'ladder', means), world);
}
