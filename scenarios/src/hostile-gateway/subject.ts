import {
  type Fen,
  type OutRefundNo,
  type OutTradeNo,
  parseFen,
  parseOutRefundNo,
  parseOutTradeNo,
} from '@orderkeeper/protocol';
import type { SimOrder, SimRefund, Simulator } from '@orderkeeper/simulator';
import { ACCOUNT, given } from '../world/shop.ts';

/** The numbers of everything that calls of one subject are about. */
export interface Subject {
  readonly outTradeNo: OutTradeNo;
  readonly outRefundNo: OutRefundNo;
  readonly combineOutTradeNo: OutTradeNo;
  readonly partNumbers: readonly [OutTradeNo, OutTradeNo];
  readonly totalFen: Fen;
  /** The payer's code; its last digits say how it ends. */
  readonly authCode: (ending: string) => string;
}

/** Subject number `index`; no two have anything in common. */
export function subjectAt(index: number): Subject {
  const number = String(index).padStart(5, '0');
  const outTradeNo = (prefix: string): OutTradeNo => given(parseOutTradeNo(`${prefix}${number}`));
  return {
    outTradeNo: outTradeNo('ORDER'),
    outRefundNo: given(parseOutRefundNo(`REFUND${number}`)),
    combineOutTradeNo: outTradeNo('WHOLE'),
    partNumbers: [outTradeNo('PARTA'), outTradeNo('PARTB')],
    totalFen: given(parseFen(String(1_000 + index))),
    authCode: (ending) => `130000000${number}${ending}`,
  };
}

/** What WeChat Pay's book says of a subject at one moment; its records never change. */
export interface Page {
  readonly order: SimOrder | undefined;
  readonly parts: readonly SimOrder[];
  readonly refund: SimRefund | undefined;
}

/** Opens the book. */
export function readPage({ ledger }: Simulator['world'], subject: Subject): Page {
  const { mchid } = ACCOUNT;
  return {
    order: ledger.order(mchid, subject.outTradeNo),
    parts: ledger.combined(mchid, subject.combineOutTradeNo),
    refund: ledger.refund(mchid, subject.outRefundNo),
  };
}

/** The book when a call began and when it ended. */
export interface Course {
  readonly world: Simulator['world'];
  readonly before: Page;
  readonly after: Page;
}

interface WithHistory<State> {
  readonly history: readonly { readonly state: State }[];
}

/** Every state that a record was in from one moment to another. */
export function statesBetween<State>(
  before: WithHistory<State> | undefined,
  after: WithHistory<State> | undefined,
): readonly State[] {
  const from = Math.max((before?.history.length ?? 0) - 1, 0);
  return after?.history.slice(from).map(({ state }) => state) ?? [];
}

/** Whether it came into a state between two moments. */
export function came<State>(
  into: State,
  before: WithHistory<State> | undefined,
  after: WithHistory<State> | undefined,
): 'yes' | 'no' {
  return after?.history.slice(before?.history.length ?? 0).some(({ state }) => state === into) === true ? 'yes' : 'no';
}
