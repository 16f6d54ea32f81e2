import { type Http, HttpFailure, type HttpRequest, type HttpResponse } from '@orderkeeper/ports';
import { OPERATIONS } from '../operations/all.ts';
import type { SimOperation } from '../operations/operation.ts';
import { arriveV3, isV3Path } from '../v3/arrival.ts';
import { serveV3 } from '../v3/serve.ts';
import type { World } from '../world.ts';
import { applyCall, type Served } from './apply-call.ts';
import { holdUp, obstacleOf } from './apply-faults.ts';
import { type Arrival, arrive, shown } from './arrival.ts';
import { examine } from './examine.ts';
import { untilGivenUp } from './give-up.ts';
import { textResponse } from './print-answer.ts';
import { printRejection } from './print-rejection.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';

const BY_PATH: ReadonlyMap<string, SimOperation> = new Map(OPERATIONS.map((operation) => [operation.path, operation]));

/** Answers a path that is no operation of WeChat Pay; `undefined` when it knows none such. */
export type OtherDesk = (url: URL) => HttpResponse | undefined;

/**
 * Creates WeChat Pay's side of the wire: one function for every path under any host. Every call is written down.
 * What is no operation goes to `otherDesk`, else ends in 501.
 */
export function createGateway(world: World, otherDesk: OtherDesk = () => undefined): Http {
  const rateLimit = createRateLimit();
  const answer: Http = async (request) => {
    const { record, served } = receive(request, { world, rateLimit, otherDesk });
    const { result, ...made } = await served;
    const isLost = result instanceof HttpFailure;
    const told = isLost
      ? { answerStatus: 0, answerText: '' }
      : { answerStatus: result.status, answerText: shown(result.body) };
    world.calls.add({ ...record, ...made, ...told });
    if (isLost) throw result;
    return result;
  };
  return (request) => untilGivenUp(answer, request, world.baseClock);
}

interface Gatehouse {
  readonly world: World;
  readonly rateLimit: RateLimit;
  readonly otherDesk: OtherDesk;
}

/** Hands a request to the API that its path belongs to. */
function receive(request: HttpRequest, gatehouse: Gatehouse): Pick<Arrival, 'record'> & { served: Promise<Served> } {
  const { world, rateLimit } = gatehouse;
  const { pathname } = new URL(request.url);
  if (isV3Path(pathname)) {
    const arrival = arriveV3(request, world);
    return { record: arrival.record, served: serveV3(arrival, world, rateLimit) };
  }
  const operation = BY_PATH.get(pathname);
  const arrival = arrive(request, operation, world);
  return { record: arrival.record, served: serve(arrival, operation, gatehouse) };
}

/** Faults first, then the checks, then the operation. */
async function serve(arrival: Arrival, operation: SimOperation | undefined, gatehouse: Gatehouse): Promise<Served> {
  const { world, rateLimit, otherDesk } = gatehouse;
  const before = world.faults.match(arrival.subject, 'before');
  const faults = before.map(({ kind }) => kind);
  await holdUp(before, world.baseClock);
  const obstacle = obstacleOf(before, arrival.subject.host);
  if (obstacle !== undefined) {
    const explanation = `a fault (${faults.join(', ')}) kept the call from being applied`;
    return { result: obstacle, verdict: 'fault', explanation, faults };
  }
  if (operation === undefined) {
    const result = otherDesk(arrival.url);
    return result === undefined ? unknownPath(arrival) : { result, verdict: 'accepted', explanation: 'done', faults };
  }
  const found = { ...arrival, operation };
  const examined = examine(found, world, rateLimit);
  if (examined.kind === 'accepted') return applyCall(found, examined, before, world);
  const { verdict, explanation, signedText } = examined;
  const result = printRejection(operation, examined, world.switches);
  return { result, verdict, explanation, faults, ...(signedText === undefined ? {} : { signedText }) };
}

function unknownPath({ url }: Arrival): Served {
  const explanation = `the simulator does not know the path ${url.pathname}; it knows ${[...BY_PATH.keys()].join(', ')}`;
  return { result: textResponse(501, `${explanation}\n`), verdict: 'unknown-path', explanation, faults: [] };
}
