import { type Clock, type Http, type Random, sleep } from '@orderkeeper/ports';
import type { RunStep } from './steps.ts';

const LATENCY_MS_MIN = 5;
const LATENCY_MS_MAX = 150;

/** The way of one process to WeChat Pay: each call is a step, and messages take their time in both directions. */
export function mortalHttp(http: Http, clock: Clock, random: Random, run: RunStep): Http {
  const travel = (): Promise<unknown> =>
    sleep(clock, LATENCY_MS_MIN + Math.floor(random.fraction() * (LATENCY_MS_MAX - LATENCY_MS_MIN)));
  return (request) =>
    run('network', new URL(request.url).pathname, async () => {
      await travel();
      const answered = await http(request).then(
        (response) => ({ response }),
        (error: unknown) => ({ error }),
      );
      await travel();
      if ('error' in answered) throw answered.error;
      return answered.response;
    });
}
