// Answers every request with the same signed answer; a process of its own, so that it costs the caller no CPU.
import { createServer } from 'node:http';
import { paidAnswer } from './answer.js';

const HMAC = 'HMAC-SHA256';
const md5 = Buffer.from(paidAnswer('MD5'));
const hmac = Buffer.from(paidAnswer(HMAC));

const server = createServer((request, response) => {
  let body = md5;
  request.on('data', (chunk) => {
    if (chunk.includes(HMAC)) body = hmac;
  });
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'text/plain; charset=UTF-8', 'content-length': body.length });
    response.end(body);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send({ baseUrl: `http://127.0.0.1:${server.address().port}` }));
process.on('disconnect', () => process.exit());
