import { createSeededRandom, createVirtualClock, type HttpRequest } from '@orderkeeper/ports';
import { z } from 'zod';
import { createSimulator, type SimulatorOptions } from '../simulator.ts';
import { APPID, KEY, MCHID, merchantOf, nativeOrder, signByHand, START_MS, xmlByHand } from './raw-merchant.ts';

/** An answer of the control API. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly json: Record<string, unknown>;
}

/** A frozen simulator under the control API, and a merchant who signs by hand. */
export const stageControl = async (options: Partial<SimulatorOptions> = {}) => {
  const simulator = createSimulator({
    clock: createVirtualClock({ startMs: START_MS }),
    random: createSeededRandom(1),
    merchants: [merchantOf(MCHID, APPID)],
    http: () =>
      Promise.resolve({ status: 200, headers: {}, body: Buffer.from('<xml><return_code>SUCCESS</return_code></xml>') }),
    ...options,
  });
  await simulator.clock.freeze();
  const ask = async (method: HttpRequest['method'], path: string, body?: unknown): Promise<Answer> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
    const answer = await simulator.controlHandle({ method, url: `http://control${path}`, headers: {}, body: text });
    const json = z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(answer.body).toString('utf8')));
    return { status: answer.status, type: answer.headers['content-type'] ?? '', json };
  };
  const call = async (path: string, own: Record<string, string>, key = KEY) => {
    const fields = { appid: APPID, mch_id: MCHID, nonce_str: 'n1', ...own };
    const body = xmlByHand({ ...fields, sign: signByHand(fields, key) });
    const answer = await simulator.handle({
      method: 'POST',
      url: `https://api.mch.weixin.qq.com${path}`,
      headers: {},
      body,
    });
    return Buffer.from(answer.body).toString('utf8');
  };
  const place = (outTradeNo: string) => call('/pay/unifiedorder', nativeOrder(outTradeNo));
  return { simulator, ask, call, place };
};
