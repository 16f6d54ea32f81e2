import { type DestinationStream, pino, type Logger } from 'pino';
import type { LogLevel } from '../config/config.ts';

/** Names under which a secret, a payer or a whole body could stand; their values never reach a line. */
const HIDDEN = [
  'authorization',
  'apiKey',
  'key',
  'secret',
  'secrets',
  'headers',
  'body',
  'authCode',
  'openid',
  'paySign',
  'sign',
  'signature',
  'ciphertext',
  'privateKey',
  'privateKeyPem',
];

/** What is wrong, without what it was about: a message of ours holds no secret, an object beside it might. */
function printError(error: unknown): { readonly type: string; readonly message: string; readonly stack?: string } {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { name: type, message, stack } = error;
  return { type, message, ...(stack === undefined ? {} : { stack }) };
}

/** Creates the log: JSON lines with the instant in RFC 3339. What is hidden stays hidden one level down, too. */
export function createLogger(level: LogLevel, stream: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: HIDDEN.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
      serializers: { err: printError, req: ({ method }: { readonly method?: unknown }) => ({ method }) },
    },
    stream,
  );
}
