import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { HttpFailure, type HttpRequest } from './http.ts';
import { TEST_PKI } from './testing/test-pki.ts';
import { type ClosableHttp, createHttp, type HttpSettings } from './undici-http.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function connect(settings?: HttpSettings): ClosableHttp {
  const http = createHttp(settings);
  cleanups.push(http.close);
  return http;
}

async function portOf(server: TcpServer): Promise<number> {
  const sockets = new Set<Socket>();
  for (const event of ['connection', 'secureConnection']) server.on(event, (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return (address satisfies AddressInfo).port;
}

async function serve(listener: RequestListener): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(listener);
  return { url: `http://127.0.0.1:${await portOf(server)}/pay/orderquery`, server };
}

async function serveTls(clients: 'asked-for' | 'demanded' | 'ignored', listener: RequestListener): Promise<string> {
  const server = createTlsServer(
    {
      cert: TEST_PKI.serverCertificate,
      key: TEST_PKI.serverKey,
      ca: TEST_PKI.caCertificate,
      requestCert: clients !== 'ignored',
      rejectUnauthorized: clients === 'demanded',
    },
    listener,
  );
  return `https://localhost:${await portOf(server)}/secapi/pay/refund`;
}

const post = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'text/xml' },
  body: '<xml/>',
  ...more,
});

async function failureOf(exchange: Promise<unknown>): Promise<HttpFailure> {
  try {
    await exchange;
  } catch (error) {
    if (error instanceof HttpFailure) return error;
    throw error;
  }
  throw new Error('expected a failure');
}

const answerWith =
  (body: string): RequestListener =>
  (_, response) => {
    response.end(body);
  };
const silent: RequestListener = () => {};

describe('an exchange', () => {
  test('carries method, path, headers and body there, and status, headers and body back', async () => {
    const { url } = await serve((request, response) => {
      response.writeHead(502, { 'X-Seen': `${request.method} ${request.url} ${request.headers['content-type']}` });
      response.write('got ');
      request.pipe(response);
    });
    const response = await connect()(post(`${url}?a=1`, { body: Buffer.from('<xml>支付</xml>') }));
    expect(response.status).toBe(502);
    expect(response.headers['x-seen']).toBe('POST /pay/orderquery?a=1 text/xml');
    expect(Buffer.from(response.body).toString()).toBe('got <xml>支付</xml>');
  });

  test('puts an answer together that comes in pieces, and one that is empty', async () => {
    const { url } = await serve((request, response) => {
      if (request.method === 'GET') response.end();
      else response.write('a'.repeat(40_000), () => response.end('b'.repeat(40_000)));
    });
    const http = connect();
    expect((await http(post(url))).body).toHaveLength(80_000);
    expect((await http({ method: 'GET', url, headers: {} })).body).toHaveLength(0);
  });

  test('does not follow redirects: an answer from elsewhere is not the answer', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:9/' });
      response.end();
    });
    expect((await connect()(post(url))).status).toBe(302);
  });

  // Not always one: undici leaves a connection alone for one turn after an answer, in case the server closes it.
  test('uses its connections again instead of opening one for each request', async () => {
    const { url, server } = await serve(answerWith('ok'));
    let connectionsCount = 0;
    server.on('connection', () => {
      connectionsCount += 1;
    });
    const http = connect();
    for (let turn = 0; turn < 20; turn += 1) await http(post(url));
    expect(connectionsCount).toBeLessThanOrEqual(2);
  });

  test('does not fail on a connection that the server has closed in the meantime', async () => {
    const { url, server } = await serve(answerWith('ok'));
    const http = connect();
    const closed = new Promise((resolve) => server.on('connection', (socket) => socket.on('close', resolve)));
    await http(post(url));
    server.closeIdleConnections();
    await closed;
    expect((await http(post(url))).status).toBe(200);
  });

  test('keeps to its number of connections; further requests wait', async () => {
    const waiting: ServerResponse[] = [];
    const { url } = await serve((_, response) => {
      waiting.push(response);
      if (waiting.length === 2) for (const held of waiting) held.end('ok');
      if (waiting.length > 2) response.end('ok');
    });
    const http = connect({ connectionsMax: 2 });
    const responses = await Promise.all(Array.from({ length: 5 }, () => http(post(url))));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });
});

describe('there is no answer', () => {
  test('because nobody listens', async () => {
    const server = createTcpServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    if (address === null || typeof address === 'string') throw new Error('the server had no port');
    const failure = await failureOf(connect()(post(`http://127.0.0.1:${address.port}/pay`)));
    expect(failure).toMatchObject({ reason: 'connection-refused', delivery: 'not-sent' });
    expect(failure.message).toContain(`127.0.0.1:${address.port}`);
  });

  test('because the connection, TLS included, is not made in time', async () => {
    const port = await portOf(createTcpServer(() => {}));
    const timeLimits = { connectMs: 20, answerMs: 1_000 };
    const failure = await failureOf(connect()(post(`https://127.0.0.1:${port}/pay`, { timeLimits })));
    expect(failure).toMatchObject({ reason: 'connect-timeout', delivery: 'not-sent' });
  });

  test('because the server keeps silent', async () => {
    const { url } = await serve(silent);
    const failure = await failureOf(connect()(post(url, { timeLimits: { connectMs: 1_000, answerMs: 20 } })));
    expect(failure).toMatchObject({ reason: 'answer-timeout', delivery: 'maybe-sent' });
  });

  test('because the answer drips in more slowly than the whole of it may take', async () => {
    const { url } = await serve((_, response) => {
      const drip = (): void => {
        if (!response.destroyed) response.write('.', () => setImmediate(drip));
      };
      drip();
    });
    const failure = await failureOf(connect()(post(url, { timeLimits: { connectMs: 1_000, answerMs: 20 } })));
    expect(failure).toMatchObject({ reason: 'answer-timeout', delivery: 'maybe-sent' });
  });

  test('because the connection breaks before the answer', async () => {
    const { url } = await serve((request) => request.socket.destroy());
    expect(await failureOf(connect()(post(url)))).toMatchObject({ reason: 'connection-lost', delivery: 'maybe-sent' });
  });

  test('because the connection breaks in the middle of the answer', async () => {
    const { url } = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => request.socket.destroy());
    });
    expect(await failureOf(connect()(post(url)))).toMatchObject({ reason: 'connection-lost', delivery: 'maybe-sent' });
  });

  test('because what is answered is not HTTP', async () => {
    const port = await portOf(createTcpServer((socket) => socket.end('garbage\r\n\r\n')));
    const failure = await failureOf(connect()(post(`http://127.0.0.1:${port}/pay`)));
    expect(failure).toMatchObject({ reason: 'connection-lost', delivery: 'maybe-sent' });
  });

  test('because it is larger than allowed', async () => {
    const { url } = await serve(answerWith('x'.repeat(1_001)));
    const http = connect();
    expect(await failureOf(http(post(url, { answerBytesMax: 1_000 })))).toMatchObject({
      reason: 'answer-too-large',
      delivery: 'maybe-sent',
    });
    expect((await http(post(url, { answerBytesMax: 1_001 }))).body).toHaveLength(1_001);
  });

  test('because the caller aborted: for certain not sent if before, maybe if while waiting', async () => {
    let requestsCount = 0;
    const controller = new AbortController();
    const { url } = await serve(() => {
      requestsCount += 1;
      controller.abort();
    });
    const http = connect();
    const before = await failureOf(http(post(url, { signal: AbortSignal.abort() })));
    expect(before).toMatchObject({ reason: 'aborted', delivery: 'not-sent' });
    const during = await failureOf(http(post(url, { signal: controller.signal })));
    expect(during).toMatchObject({ reason: 'aborted', delivery: 'maybe-sent' });
    expect(requestsCount).toBe(1);
  });

  test('because the caller aborted while waiting for a free connection; the request is then never sent', async () => {
    const held: ServerResponse[] = [];
    const { url } = await serve((_, response) => {
      held.push(response);
    });
    const http = connect({ connectionsMax: 1 });
    const first = http(post(url));
    const controller = new AbortController();
    const second = failureOf(http(post(url, { signal: controller.signal })));
    controller.abort();
    expect(await second).toMatchObject({ reason: 'aborted', delivery: 'not-sent' });
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    held[0]?.end('ok');
    expect((await first).status).toBe(200);
    expect(held).toHaveLength(1);
  });

  test('and the failure shows neither headers nor body', async () => {
    const { url } = await serve((request) => request.socket.destroy());
    const failure = await failureOf(connect()(post(url, { body: 'the-body', headers: { cookie: 'the-cookie' } })));
    expect(`${failure.message} ${failure.stack}`).not.toMatch(/the-body|the-cookie/);
  });

  test('and an address that is none is a bug of the caller', async () => {
    await expect(connect()(post('/pay/orderquery'))).rejects.toThrow(TypeError);
  });
});

describe('TLS', () => {
  const ca = TEST_PKI.caCertificate;
  const identity = { certificatePem: TEST_PKI.clientCertificate, privateKeyPem: TEST_PKI.clientKey };

  test('a server whose authority nobody trusts is refused before anything is sent', async () => {
    const url = await serveTls('ignored', answerWith('ok'));
    expect(await failureOf(connect()(post(url)))).toMatchObject({ reason: 'tls-failed', delivery: 'not-sent' });
  });

  test('a server certificate for another name is refused', async () => {
    const url = await serveTls('ignored', answerWith('ok'));
    const failure = await failureOf(connect({ ca })(post(url.replace('localhost', '127.0.0.2'))));
    expect(failure.delivery).toBe('not-sent');
    expect(['tls-failed', 'connection-refused']).toContain(failure.reason);
  });

  test('an authority of ones own is trusted beside the others', async () => {
    const url = await serveTls('ignored', answerWith('ok'));
    expect((await connect({ ca })(post(url))).status).toBe(200);
    expect((await connect({ ca: [ca] })(post(url))).status).toBe(200);
  });

  test('the identity of a request is shown to the server, and requests without one stay anonymous', async () => {
    const url = await serveTls('asked-for', (request, response) => {
      response.end(peerNameOf(request.socket));
    });
    const http = connect({ ca });
    const named = await http(post(url, { identity }));
    const anonymous = await http(post(url));
    expect(Buffer.from(named.body).toString()).toBe('10000100');
    expect(Buffer.from(anonymous.body).toString()).toBe('nobody');
  });

  test('a server that demands a certificate refuses an anonymous request', async () => {
    const url = await serveTls('demanded', answerWith('ok'));
    const failure = await failureOf(connect({ ca })(post(url)));
    expect(['tls-failed', 'connection-lost']).toContain(failure.reason);
    expect((await connect({ ca })(post(url, { identity }))).status).toBe(200);
  });

  test('an identity that is none is refused before anything is sent', async () => {
    const url = await serveTls('ignored', answerWith('ok'));
    const failure = await failureOf(connect({ ca })(post(url, { identity: { certificatePem: 'none' } })));
    expect(failure).toMatchObject({ reason: 'tls-failed', delivery: 'not-sent' });
  });
});

function peerNameOf(socket: Socket): string {
  if (!(socket instanceof TLSSocket)) return 'no TLS';
  const { subject } = socket.getPeerCertificate();
  return String(subject?.CN ?? 'nobody');
}
