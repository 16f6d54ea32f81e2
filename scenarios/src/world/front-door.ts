import { type Http, HttpFailure } from '@orderkeeper/ports';
import { ACCOUNT, given } from './shop.ts';
import type { KeeperProcess } from './keeper-process.ts';
import { parseMchid } from '@orderkeeper/protocol';

const MCHID = given(parseMchid(ACCOUNT.mchid));

/** What stands before the keepers: takes messages in, and hands each to the next process that is up. */
export function createFrontDoor(processes: readonly KeeperProcess[], noteReply: (line: string) => void): Http {
  let turn = 0;
  return async ({ url, body = '', headers }) => {
    const up = processes.filter((process) => process.isUp());
    const process = up[turn++ % Math.max(up.length, 1)];
    const { host } = new URL(url);
    if (process === undefined) throw new HttpFailure('connection-refused', 'not-sent', `${host} is down`);
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const reply = await process.ask((keeper) => keeper.receiveNotice({ mchid: MCHID, body: bytes, headers }));
    if (reply === 'lost') throw new HttpFailure('connection-lost', 'maybe-sent', `${host} died over it`);
    noteReply(`a notice is answered: ${reply.verdict}`);
    return { status: reply.status, headers: reply.headers, body: Buffer.from(reply.body) };
  };
}
