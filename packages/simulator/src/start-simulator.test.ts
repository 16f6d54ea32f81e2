import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttp, type Http, type HttpResponse } from '@orderkeeper/ports';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSimulator, startSimulator } from './start-simulator.ts';
import { merchantOf, nativeOrder, readByHand, signByHand, xmlByHand } from './testing/raw-merchant.ts';

let folder: string;
let file: string;
let simulator: RunningSimulator;
let shop: Server;
let shopAddress: string;
const noticed: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-'));
  file = join(folder, 'credentials.json');
  shop = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    request.on('end', () => {
      noticed.push(text);
      response.end('<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>');
    });
  });
  await new Promise<void>((resolve) => {
    shop.listen(0, '127.0.0.1', resolve);
  });
  const address = shop.address();
  shopAddress = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/notify`;
  simulator = await startSimulator({ credentialsFile: file });
});

afterAll(async () => {
  await simulator.close();
  shop.closeAllConnections();
  shop.close();
  await rm(folder, { recursive: true });
});

const textOf = ({ body }: HttpResponse): string => Buffer.from(body).toString('utf8');

const signed = (own: Record<string, string>) => {
  const { appid, mchid, v2Key } = simulator.credentials.account;
  const fields = { appid, mch_id: mchid, nonce_str: 'n1', ...own };
  return xmlByHand({ ...fields, sign: signByHand(fields, v2Key) });
};

const using = async <Value>(ca: string | undefined, use: (http: Http) => Promise<Value>): Promise<Value> => {
  const http = createHttp(ca === undefined ? {} : { ca });
  try {
    return await use(http);
  } finally {
    await http.close();
  }
};

describe('a simulator on sockets', () => {
  test('writes where it answers into the credentials file', async () => {
    const { http, https, control } = simulator;
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      http,
      https,
      control,
      mchid: simulator.credentials.account.mchid,
    });
    expect([http, https, control]).toEqual([
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:[0-9]+$/),
      expect.stringMatching(/^https:\/\/127\.0\.0\.1:[0-9]+$/),
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:[0-9]+$/),
    ]);
  });

  test('takes an order over HTTPS, a payment over the control API, and tells the shop', async () => {
    const post = { method: 'POST', headers: {} } as const;
    await using(simulator.credentials.certificates.authority.certificatePem, async (http) => {
      const body = signed(nativeOrder('A1', { notify_url: shopAddress }));
      const placed = await http({ ...post, url: `${simulator.https}/pay/unifiedorder`, body });
      expect(readByHand(textOf(placed))).toMatchObject({ result_code: 'SUCCESS' });
      await http({ ...post, url: `${simulator.control}/attempts/A1/pay` });
      await simulator.clock.advance(0);
      const found = await http({
        ...post,
        url: `${simulator.http}/pay/orderquery`,
        body: signed({ out_trade_no: 'A1' }),
      });
      expect(readByHand(textOf(found))).toMatchObject({ trade_state: 'SUCCESS' });
    });
    expect(noticed.map(readByHand)).toMatchObject([{ out_trade_no: 'A1', result_code: 'SUCCESS' }]);
  });

  test('resets a connection where a fault says so, for one host and not for the other on the same port', async () => {
    simulator.faults.add({ effect: { kind: 'connection-refused' }, moment: 'before', aim: { host: '127.0.0.1' } });
    const ask = (http: Http, origin: string) =>
      http({ method: 'POST', url: `${origin}/pay/orderquery`, headers: {}, body: signed({ out_trade_no: 'A9' }) });
    await using(undefined, async (http) => {
      await expect(ask(http, simulator.http)).rejects.toMatchObject({ reason: 'connection-lost' });
      expect(await ask(http, simulator.http.replace('127.0.0.1', 'localhost'))).toMatchObject({ status: 200 });
    });
    simulator.faults.clear();
  });

  test('keeps its credentials over a restart, and serves other merchants beside', async () => {
    const again = await startSimulator({
      credentialsFile: file,
      merchants: [merchantOf('10000200', 'wx0000000000000200')],
    });
    await again.close();
    expect([...again.world.merchants.keys()]).toEqual([again.credentials.account.mchid, '10000200']);
    expect(again.credentials).toEqual(simulator.credentials);
  });

  test('does not start on a port that is taken, and leaves nothing open', async () => {
    const taken = Number(new URL(simulator.control).port);
    await expect(startSimulator({ controlPort: taken, credentialsFile: file })).rejects.toThrow(
      `cannot listen on 127.0.0.1:${taken}`,
    );
  });

  test('does not start with damaged credentials', async () => {
    const damaged = join(folder, 'damaged.json');
    await writeFile(damaged, '{}');
    await expect(startSimulator({ credentialsFile: damaged })).rejects.toThrow('damaged.simulator.json is missing');
  });
});
