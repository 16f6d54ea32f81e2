import { HttpFailure } from '@orderkeeper/ports';
import type { Outcome } from '../operations/operation.ts';
import type { CallVerdict, FaultEffect, World } from '../world.ts';
import { codeOutcomeOf, holdUp, type Obstacle, obstacleOf, tamperingOf, truncated } from './apply-faults.ts';
import type { Arrival, OperationArrival } from './arrival.ts';
import { printAnswer } from './print-answer.ts';
import type { Accepted } from './verdicts.ts';

/** What became of an arrival. */
export interface Served {
  readonly result: Obstacle;
  readonly verdict: CallVerdict;
  readonly explanation: string;
  readonly signedText?: string;
  readonly faults: readonly FaultEffect['kind'][];
}

/** Lets the operation do its work, unless a fault speaks in its place, and prints what the caller gets to see of it. */
export async function applyCall(
  arrival: OperationArrival,
  accepted: Accepted,
  before: readonly FaultEffect[],
  world: World,
): Promise<Served> {
  const { operation, subject } = arrival;
  const ordered = codeOutcomeOf(before, operation);
  const outcome = ordered ?? accepted.outcome ?? run(arrival, accepted, world);
  const after = world.faults.match(subject, 'after');
  await holdUp(after, world.baseClock);
  const effects = [...before, ...after];
  const told = codeOutcomeOf(after, operation) ?? outcome;
  return {
    result: obstacleOf(after, subject.host) ?? printOutcome(arrival, accepted, told, effects, world),
    verdict: ordered === undefined ? verdictOf(outcome) : 'fault',
    explanation: explain(outcome),
    faults: effects.map(({ kind }) => kind),
  };
}

function run(
  { operation, request }: OperationArrival,
  { fields, merchant, signType }: Accepted,
  world: World,
): Outcome {
  const ledgers = {
    production: world.ledger,
    'sandbox-old': world.sandboxLedgers.old,
    'sandbox-new': world.sandboxLedgers.new,
  };
  const ledger = ledgers[operation.book];
  const nowMs = world.clock.nowMs();
  return operation.run({ world, ledger, merchant, fields, signType, headers: request.headers, nowMs });
}

function printOutcome(
  { operation, subject }: OperationArrival,
  { fields, key, signType }: Accepted,
  outcome: Outcome,
  effects: readonly FaultEffect[],
  world: World,
): Obstacle {
  if (outcome.kind === 'silence') return silenceOf(subject);
  const { answerOrder, unknownField } = world.switches;
  const frame = {
    operation,
    request: fields,
    key,
    signType,
    order: answerOrder,
    unknownField,
    nonce: world.ids.token(16),
  };
  return truncated(printAnswer(frame, outcome, tamperingOf(effects)), effects);
}

const silenceOf = ({ host }: Arrival['subject']): HttpFailure =>
  new HttpFailure('answer-timeout', 'maybe-sent', `${host} does not answer`);

const verdictOf = (outcome: Outcome): CallVerdict =>
  outcome.kind === 'failed' || outcome.kind === 'refused' ? 'business-failure' : 'accepted';

function explain(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'done':
      return 'done';
    case 'file':
      return `a file of ${outcome.bytes.length} bytes`;
    case 'failed':
      return `${outcome.code}: ${outcome.text}`;
    case 'refused':
      return outcome.text;
    case 'silence':
      return 'the answer is kept back, as the case asks for';
  }
}
