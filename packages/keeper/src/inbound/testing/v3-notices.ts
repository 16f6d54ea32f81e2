import { createPrivateKey } from 'node:crypto';
import { createV3Client, type V3Merchant } from '@orderkeeper/client';
import { createSeededRandom, type Http, HttpFailure, type VirtualClock } from '@orderkeeper/ports';
import {
  type Fen,
  printV3Notice,
  printV3TestPayNotice,
  printV3TestRefundNotice,
  type PrintedV3Notice,
  type SealedEvent,
  type TestNoticeSeal,
  type V3TestPayNotice,
  type V3TestRefundNotice,
} from '@orderkeeper/protocol';
import { APPID, FIRST, MCHID, OPENED_MS, outRefundNo, SECOND, TOTAL_FEN } from '../../core/testing/samples.ts';
import type { IncomingNotice } from '../../notice.ts';
import { CERTIFICATES, V3_MERCHANT_WITH_KEY } from '../../testing/v3-world.ts';
import type { V3NoticeReader } from '../notice-readers.ts';
import { bytes } from './inbound-world.ts';

/** The moment at which a world of notices begins. */
const NOW_MS = OPENED_MS + 30 * SECOND;

const { publicKey, platform } = CERTIFICATES;
let sealsMade = 0;

/** WeChat Pay seals and signs each message anew, here with its public key. */
export function sealOf(changes: Partial<TestNoticeSeal> = {}): TestNoticeSeal {
  sealsMade += 1;
  return {
    privateKey: createPrivateKey(publicKey.privateKeyPem),
    serial: publicKey.id,
    apiV3Key: V3_MERCHANT_WITH_KEY.apiV3Key,
    nowMs: NOW_MS,
    resourceNonce: String(sealsMade).padStart(12, '0'),
    nonce: String(sealsMade).padStart(32, '0'),
    ...changes,
  };
}

/** The seal with the platform certificate in the public key's place. */
export const certificateSeal = (changes: Partial<TestNoticeSeal> = {}): TestNoticeSeal =>
  sealOf({ privateKey: createPrivateKey(platform.privateKeyPem), serial: platform.serial, ...changes });

export const incomingV3 = ({ headers, body }: PrintedV3Notice): IncomingNotice => ({
  mchid: MCHID,
  headers,
  body: bytes(body),
});

/** A true notice of APIv3 that the sample order is paid. */
export const payV3Notice = (changes: Partial<V3TestPayNotice> = {}, seal = sealOf()): IncomingNotice =>
  incomingV3(
    printV3TestPayNotice(
      {
        appid: APPID,
        mchid: MCHID,
        outTradeNo: FIRST,
        totalFen: TOTAL_FEN,
        paidAtMs: OPENED_MS + 20 * SECOND,
        ...changes,
      },
      seal,
    ),
  );

/** A true notice of APIv3 that a part of the sample order went back. */
export const refundV3Notice = (
  refundFen: Fen,
  changes: Partial<V3TestRefundNotice> = {},
  seal = sealOf(),
): IncomingNotice =>
  incomingV3(
    printV3TestRefundNotice(
      {
        mchid: MCHID,
        outTradeNo: FIRST,
        totalFen: TOTAL_FEN,
        outRefundNo: outRefundNo('R1'),
        refundFen,
        refundedAtMs: NOW_MS,
        ...changes,
      },
      seal,
    ),
  );

/** A true notice of any event. */
export const eventNotice = (changes: Partial<SealedEvent>, seal = sealOf()): IncomingNotice =>
  incomingV3(
    printV3Notice(
      {
        id: 'test',
        createdAtMs: NOW_MS,
        eventType: 'TRANSACTION.SUCCESS',
        originalType: 'transaction',
        summary: '',
        resource: {},
        ...changes,
      },
      seal,
    ),
  );

const offline: Http = () => Promise.reject(new HttpFailure('connection-refused', 'not-sent', 'nobody is there'));

/** Reads notices as a keeper's merchant does; by itself it knows the public key and reaches nobody. */
export const readerOf = (
  clock: VirtualClock,
  { merchant = V3_MERCHANT_WITH_KEY, http = offline }: { readonly merchant?: V3Merchant; readonly http?: Http } = {},
): V3NoticeReader => ({
  merchant,
  read: createV3Client({ merchant, http, clock, random: createSeededRandom(1) }).readNotice,
});
