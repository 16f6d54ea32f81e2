import { X509Certificate } from 'node:crypto';
import { request as httpRequest, Agent, type RequestOptions } from 'node:http';
import { type AgentOptions, request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import {
  createSeededRandom,
  createVirtualClock,
  type Http,
  HttpFailure,
  type HttpRequest,
  nextTurn,
  systemClock,
} from '@orderkeeper/ports';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createCredentials, type Credentials } from '../credentials/credentials.ts';
import { createP12 } from '../credentials/p12.ts';
import { createGateway } from '../gateway/gateway.ts';
import { createWorld } from '../create-world.ts';
import { MCHID } from '../testing/raw-merchant.ts';
import { CERTIFICATES } from '../testing/v3-merchant.ts';
import { type Front, type FrontOptions, openFront } from './front.ts';

const NOW_MS = systemClock.nowMs();
const clock = createVirtualClock({ startMs: NOW_MS });

interface Exchange {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

let credentials: Credentials;
const opened: Front[] = [];

beforeAll(async () => {
  credentials = await createCredentials({ random: createSeededRandom(3), nowMs: NOW_MS, account: { mchid: MCHID } });
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((front) => front.close()));
});

const open = async (handle: Http, more: Partial<FrontOptions> = {}): Promise<Front> => {
  const front = await openFront({ handle, clock, host: '127.0.0.1', port: 0, ...more });
  opened.push(front);
  return front;
};

const exchange = (address: string, options: RequestOptions & AgentOptions = {}, body = ''): Promise<Exchange> =>
  new Promise((resolve, reject) => {
    const send = address.startsWith('https:') ? httpsRequest : httpRequest;
    const request = send(address, { method: 'POST', ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });

const echo =
  (seen: HttpRequest[]): Http =>
  (request) => {
    seen.push(request);
    return Promise.resolve({ status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from('done') });
  };

const failing =
  (failure: HttpFailure): Http =>
  () =>
    Promise.reject(failure);

describe('a plain front', () => {
  test('hands over the request as it came, names of headers in lower case', async () => {
    const seen: HttpRequest[] = [];
    const { origin } = await open(echo(seen));
    const answer = await exchange(`${origin}/pay/orderquery?a=1`, { headers: { 'X-Shop': 'yes' } }, '<xml/>');
    expect(answer).toMatchObject({
      status: 200,
      text: 'done',
      headers: { 'content-type': 'text/plain', 'content-length': '4' },
    });
    expect(seen).toMatchObject([{ method: 'POST', url: `${origin}/pay/orderquery?a=1`, headers: { 'x-shop': 'yes' } }]);
    expect(new TextDecoder().decode(Buffer.from(seen[0]?.body ?? ''))).toBe('<xml/>');
    expect(seen[0]?.identity).toBeUndefined();
  });

  test('keeps the name of the host that was called, so that two hosts can share a port', async () => {
    const seen: HttpRequest[] = [];
    const { origin, port } = await open(echo(seen));
    await exchange(origin, { headers: { host: `localhost:${port}` } });
    expect(seen[0]?.url).toBe(`http://localhost:${port}/`);
  });

  test('answers HEAD like GET, without the body', async () => {
    const seen: HttpRequest[] = [];
    const { origin } = await open(echo(seen));
    expect(await exchange(origin, { method: 'HEAD' })).toMatchObject({
      status: 200,
      text: '',
      headers: { 'content-length': '4' },
    });
    expect(seen[0]?.method).toBe('GET');
  });

  test('serves several calls over one connection', async () => {
    const sockets = new Set<unknown>();
    const { origin } = await open(echo([]));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    agent.on('free', (socket) => sockets.add(socket));
    await exchange(origin, { agent });
    await exchange(origin, { agent });
    agent.destroy();
    expect(sockets.size).toBe(1);
  });

  test('refuses a body beyond its limit and a method it does not know', async () => {
    const seen: HttpRequest[] = [];
    const { origin } = await open(echo(seen), { bodyBytesMax: 10 });
    expect((await exchange(origin, {}, 'x'.repeat(11))).status).toBe(413);
    expect((await exchange(origin, { method: 'OPTIONS' })).status).toBe(405);
    expect(seen).toEqual([]);
  });

  test('tells the handler when the caller has left', async () => {
    let left: (what: 'gone') => void = () => {};
    const gone = new Promise<'gone'>((resolve) => {
      left = resolve;
    });
    const { port } = await open(({ signal }) => {
      signal?.addEventListener('abort', () => left('gone'));
      socket.destroy();
      return new Promise(() => {});
    });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await gone).toBe('gone');
  });

  test('names the port that is taken', async () => {
    const { port } = await open(echo([]));
    await expect(open(echo([]), { port })).rejects.toThrow(`cannot listen on 127.0.0.1:${port}`);
  });

  test('shows a bug as status 500', async () => {
    const { origin } = await open(() => Promise.reject(new TypeError('this was not foreseen')));
    expect(await exchange(origin)).toMatchObject({
      status: 500,
      text: expect.stringContaining('this was not foreseen'),
    });
  });
});

describe('a fault on the wire', () => {
  test('a lost connection is a reset', async () => {
    const { origin } = await open(failing(new HttpFailure('connection-lost', 'maybe-sent', '')));
    await expect(exchange(origin)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('a refused connection is a reset before the first byte', async () => {
    const { origin } = await open(failing(new HttpFailure('connection-refused', 'not-sent', '')));
    await expect(exchange(origin)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('silence is held and then dropped', async () => {
    const { origin } = await open(failing(new HttpFailure('answer-timeout', 'maybe-sent', '')), { silenceMs: 9000 });
    const call = expect(exchange(origin)).rejects.toMatchObject({ code: 'ECONNRESET' });
    while (clock.nextAtMs() === undefined) await nextTurn();
    await clock.advance(9000);
    await call;
  });
});

describe('a TLS front', () => {
  const tls = (oldest: 'tls1.2' | 'tls1.0' = 'tls1.2') => ({ certificates: credentials.certificates, oldest });
  const trust = () => ({ ca: credentials.certificates.authority.certificatePem, agent: false as const });
  const own = () => ({
    key: credentials.certificates.merchant.privateKeyPem,
    cert: credentials.certificates.merchant.certificatePem,
  });
  const gateway = () => {
    const { world } = createWorld({
      clock,
      random: createSeededRandom(1),
      merchants: [],
      certificateAuthorityPem: credentials.certificates.authority.certificatePem,
    });
    return createGateway(world);
  };

  test.each(['127.0.0.1', 'localhost', 'api.mch.weixin.qq.com', 'api2.mch.weixin.qq.com'])(
    'is trusted as %s by whoever trusts the authority',
    async (servername) => {
      const { origin } = await open(echo([]), { tls: tls() });
      const name = servername === '127.0.0.1' ? {} : { servername };
      expect(await exchange(origin, { ...trust(), ...name })).toMatchObject({ status: 200 });
    },
  );

  test('hands over the certificate of a merchant', async () => {
    const seen: HttpRequest[] = [];
    const { origin } = await open(echo(seen), { tls: tls() });
    await exchange(origin, { ...trust(), ...own() });
    expect(seen[0]?.url).toMatch(/^https:/);
    expect(new X509Certificate(seen[0]?.identity?.certificatePem ?? '').subject).toContain(`CN=${MCHID}`);
  });

  test('takes the p12 with the mchid as its password', async () => {
    const seen: HttpRequest[] = [];
    const { origin } = await open(echo(seen), { tls: tls() });
    const { merchant, authority } = credentials.certificates;
    const pfx = Buffer.from(createP12(merchant, authority, MCHID));
    await exchange(origin, { ...trust(), pfx, passphrase: MCHID });
    expect(new X509Certificate(seen[0]?.identity?.certificatePem ?? '').serialNumber).toBe(merchant.serial);
  });

  test('without a certificate a reverse gets the page of the web server', async () => {
    const { origin } = await open(gateway(), { tls: tls() });
    const answer = await exchange(`${origin}/secapi/pay/reverse`, trust(), '<xml/>');
    expect(answer).toMatchObject({ status: 400, headers: { 'content-type': 'text/html' } });
    expect(answer.text).toContain('400 No required SSL certificate was sent');
  });

  test('with a certificate of another authority a reverse gets the other page', async () => {
    const { origin } = await open(gateway(), { tls: tls() });
    const { privateKeyPem, certificatePem } = CERTIFICATES.merchant;
    const foreign = { key: privateKeyPem, cert: certificatePem };
    const answer = await exchange(`${origin}/secapi/pay/reverse`, { ...trust(), ...foreign }, '<xml/>');
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('400 The SSL certificate error');
  });

  test('with the certificate of the merchant a reverse gets past it', async () => {
    const { origin } = await open(gateway(), { tls: tls() });
    const answer = await exchange(`${origin}/secapi/pay/reverse`, { ...trust(), ...own() }, '<xml/>');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('return_code');
  });

  const tls10 = { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;

  test('lets in a client of TLS 1.0 with its certificate when told to', async () => {
    const seen: HttpRequest[] = [];
    const { origin } = await open(echo(seen), { tls: tls('tls1.0') });
    expect(await exchange(origin, { ...trust(), ...own(), ...tls10 })).toMatchObject({ status: 200 });
    expect(seen[0]?.identity).toBeDefined();
  });

  test('does not let it in otherwise', async () => {
    const { origin } = await open(echo([]), { tls: tls() });
    await expect(exchange(origin, { ...trust(), ...own(), ...tls10 })).rejects.toThrow(/version/i);
  });

  test('ends the connection where a plain front would reset it', async () => {
    const { origin } = await open(failing(new HttpFailure('connection-lost', 'maybe-sent', '')), { tls: tls() });
    await expect(exchange(origin, trust())).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});
