import { type Http, HttpFailure, type HttpRequest } from '@orderkeeper/ports';
import type { Protocol } from '../plan/plan.ts';
import { ACCOUNT, given } from './shop.ts';
import type { KeeperProcess } from './keeper-process.ts';
import { parseMchid } from '@orderkeeper/protocol';

const MCHID = given(parseMchid(ACCOUNT.mchid));

/** What stands before the keepers. */
export interface FrontDoor {
  /** Takes a message in, and hands it to the next process that is up. */
  readonly http: Http;
  /** The message that was applied last, as an eavesdropper could send it again. */
  readonly lastApplied: (protocol: Protocol) => HttpRequest | undefined;
}

/** Creates the front door of these processes. */
export function createFrontDoor(processes: readonly KeeperProcess[], noteReply: (line: string) => void): FrontDoor {
  let turn = 0;
  const applied = new Map<Protocol, HttpRequest>();
  const http: Http = async (request) => {
    const { url, body = '', headers } = request;
    const up = processes.filter((process) => process.isUp());
    const process = up[turn++ % Math.max(up.length, 1)];
    const { host } = new URL(url);
    if (process === undefined) throw new HttpFailure('connection-refused', 'not-sent', `${host} is down`);
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const reply = await process.ask((keeper) => keeper.receiveNotice({ mchid: MCHID, body: bytes, headers }));
    if (reply === 'lost') throw new HttpFailure('connection-lost', 'maybe-sent', `${host} died over it`);
    if (reply.verdict === 'applied') applied.set('wechatpay-signature' in headers ? 'v3' : 'v2', request);
    noteReply(`a notice is answered: ${reply.verdict}`);
    return { status: reply.status, headers: reply.headers, body: Buffer.from(reply.body) };
  };
  return { http, lastApplied: (protocol) => applied.get(protocol) };
}
