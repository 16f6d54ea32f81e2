import type { KeyObject } from 'node:crypto';
import { answerMessage, printTimestamp, printWechatpayHeaders, signMessage } from '@orderkeeper/protocol';
import type { SignFlaw, SignHeader } from '../world.ts';
import type { PlatformKey } from './keys/platform-keys.ts';

/** With what a message is signed, and what spoils it. */
export interface Seal {
  readonly key: PlatformKey;
  readonly nonce: string;
  readonly nowMs: number;
  /** Absent for a true message. */
  readonly flaw?: SignFlaw | undefined;
  /** Somebody's key, for messages that somebody else has signed. */
  readonly stranger: () => KeyObject;
}

/** A message as it leaves. */
export interface Sealed {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const TEN_MINUTES_MS = 10 * 60 * 1000;
const NOBODYS_SERIAL = '7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF';
const NOBODYS_ID = 'PUB_KEY_ID_0199999999992099010100000000000009';

const HEADER_NAMES: Readonly<Record<SignHeader, string>> = {
  timestamp: 'wechatpay-timestamp',
  nonce: 'wechatpay-nonce',
  signature: 'wechatpay-signature',
  serial: 'wechatpay-serial',
  'signature-type': 'wechatpay-signature-type',
};

/** Signs a body, and does to it what the flaw says. */
export function seal(body: Uint8Array, how: Seal): Sealed {
  const { flaw } = how;
  switch (flaw?.kind) {
    case 'missing-sign':
      return { headers: {}, body };
    case 'missing-header': {
      const { [HEADER_NAMES[flaw.header]]: _, ...headers } = signed(body, how);
      return { headers, body };
    }
    case 'body-changed': {
      // Nothing can be taken from an empty body, so there the signature is over more.
      const original = body.length === 0 ? Buffer.from('{}') : body;
      return { headers: signed(original, how), body: changed(body) };
    }
    case undefined:
    case 'wrong-sign':
    case 'sign-test':
    case 'wrong-serial':
    case 'stranger-key':
    case 'clock-skew':
      return { headers: signed(body, how), body };
  }
}

function signed(body: Uint8Array, { key, nonce, nowMs, flaw, stranger }: Seal): Readonly<Record<string, string>> {
  const skewMs = flaw?.kind === 'clock-skew' ? (flaw.skewMs ?? -TEN_MINUTES_MS) : 0;
  const timestamp = printTimestamp(nowMs + skewMs);
  const privateKey = flaw?.kind === 'stranger-key' ? stranger() : key.privateKey;
  const right = signMessage(answerMessage({ timestamp, nonce, body }), privateKey);
  const nobody = key.serial.startsWith('PUB_KEY_ID_') ? NOBODYS_ID : NOBODYS_SERIAL;
  const serial = flaw?.kind === 'wrong-serial' ? nobody : key.serial;
  return printWechatpayHeaders({ timestamp, nonce, serial, signature: spoilt(right, flaw) });
}

function spoilt(signature: string, flaw: SignFlaw | undefined): string {
  if (flaw?.kind === 'sign-test') return `WECHATPAY/SIGNTEST/${signature}`;
  return flaw?.kind === 'wrong-sign' ? signature.replace(/^./, signature.startsWith('A') ? 'B' : 'A') : signature;
}

const LAST_DIGIT_OR_LETTER = /[0-9A-Za-z](?=[^0-9A-Za-z]*$)/;

/** Puts another digit or letter in the place of the last one: a message that reads as well as the true one. */
const changed = (body: Uint8Array): Uint8Array =>
  Buffer.from(
    Buffer.from(body)
      .toString('utf8')
      .replace(LAST_DIGIT_OR_LETTER, (found) => (found === '1' ? '2' : '1')),
  );
