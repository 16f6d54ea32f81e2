import { createServer } from 'node:net';
import { indexOf } from './question.js';

const HEAD_END = Buffer.from('\r\n\r\n');
const METHOD = 'GET ';
const NOT_FOUND = Buffer.from('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');

/**
 * Answers questions from `answers`, which are whole printed answers by index, and does nothing else: no checks, no HTTP
 * library, so that as little as possible of the machine is taken from who is measured. Questions have no body and
 * come one by one, so that a head's end is the end of what was received.
 */
export function createBareServer(state) {
  return createServer((socket) => {
    let received;
    state.connectionsCount += 1;
    socket.setNoDelay(true);
    // Callers end their connections as they like.
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      received = received === undefined ? chunk : Buffer.concat([received, chunk]);
      if (!received.subarray(-HEAD_END.length).equals(HEAD_END)) return;
      const head = received.latin1Slice(METHOD.length, METHOD.length + 128);
      received = undefined;
      state.answersCount += 1;
      socket.write(state.answers[indexOf(head.slice(0, head.indexOf(' ')))] ?? NOT_FOUND);
    });
  });
}
