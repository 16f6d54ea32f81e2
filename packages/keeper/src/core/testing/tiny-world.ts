import type { OutTradeNo } from '@orderkeeper/protocol';
import { decide } from '../decide.ts';
import type { Decision, DutyKey } from '../decision.ts';
import type { Observation } from '../observation.ts';
import type { Order } from '../order.ts';
import { OPENED_MS, RULES, type Told } from './samples.ts';
import type { Rules } from '../rules.ts';

/** A call that the keeper made in a {@link liveThrough} world. */
export interface Call {
  readonly atMs: number;
  readonly kind: DutyKey['kind'];
  readonly subject: string;
}

/** How a world answers a duty: by what the keeper would observe. */
export type World = (call: Call) => Observation;

/** A life as it was lived: the calls in order, and what came of them. */
export interface Life {
  readonly order: Order;
  readonly calls: readonly Call[];
  readonly decisions: readonly Decision[];
}

/** What happens in a life beside the duties. */
export interface Circumstances {
  readonly first: Decision;
  /** Moments counted from the order's opening. */
  readonly untilMs: number;
  readonly told?: readonly Told[];
  readonly rules?: Rules;
}

/**
 * Lives an order through: does every duty when it is due and lets the world answer, until nothing is left to do or the
 * time is over. Stands for store and workers, without either.
 */
export function liveThrough(world: World, { first, untilMs, told = [], rules = RULES }: Circumstances): Life {
  const duties = new Map<string, Call>();
  const decisions: Decision[] = [];
  const calls: Call[] = [];
  const story = told.map(([atMs, observation]) => ({ atMs, observation })).sort((a, b) => a.atMs - b.atMs);
  let { order } = first;

  const keep = (decision: Decision): void => {
    decisions.push(decision);
    ({ order } = decision);
    for (const duty of decision.duties) {
      const key = `${duty.kind} ${duty.subject}`;
      if (duty.change === 'cancel') duties.delete(key);
      else duties.set(key, { atMs: duty.dueAtMs - OPENED_MS, kind: duty.kind, subject: duty.subject });
    }
  };
  keep(first);
  let nowMs = 0;
  for (;;) {
    const due = [...duties.values()].filter(({ kind }) => kind !== 'deliver').sort((a, b) => a.atMs - b.atMs)[0];
    const next = story[0];
    const isStoryFirst = next !== undefined && (due === undefined || next.atMs <= due.atMs);
    const atMs = Math.max(nowMs, (isStoryFirst ? next.atMs : due?.atMs) ?? Number.POSITIVE_INFINITY);
    if (atMs > untilMs) return { order, calls, decisions };
    nowMs = atMs;
    if (isStoryFirst) {
      story.shift();
      keep(decide(order, next.observation, OPENED_MS + nowMs, rules));
    } else if (due !== undefined) {
      const call = { ...due, atMs: nowMs };
      calls.push(call);
      duties.delete(`${due.kind} ${due.subject}`);
      keep(decide(order, world(call), OPENED_MS + nowMs, rules));
    }
  }
}

/** The calls of one kind, by their moments. */
export const momentsOf = ({ calls }: Life, kind: DutyKey['kind'], subject?: OutTradeNo): readonly number[] =>
  calls.filter((call) => call.kind === kind && (subject ?? call.subject) === call.subject).map(({ atMs }) => atMs);
