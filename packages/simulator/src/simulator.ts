import { type Clock, type Http, nextTurn, type Random, systemClock, systemRandom } from '@orderkeeper/ports';
import { createPayer, type Payer } from './actions/payer.ts';
import { createBillOffice } from './bills/bill-office.ts';
import { createDiscrepancyBook, type DiscrepancyBook } from './bills/discrepancies.ts';
import { createSteerableClock, type SteerableClock } from './clock/steerable-clock.ts';
import { createControlApi } from './control/control-api.ts';
import { createWorld, type WorldOptions } from './create-world.ts';
import {
  type CertifiedKey,
  issueMerchantCertificate,
  issuePlatformCertificate,
  issuePlatformCertificateAtOnce,
} from './credentials/certificates.ts';
import { createFaultBook, type FaultBook } from './faults/fault-book.ts';
import { createGateway } from './gateway/gateway.ts';
import { createNoticeOffice, type NoticeOffice } from './notices/notice-office.ts';
import type { NoticeHosts } from './notices/notify-address.ts';
import { createOauth } from './oauth/oauth.ts';
import type { World } from './world.ts';

/** Settings of {@link createSimulator}. */
export interface SimulatorOptions extends Pick<WorldOptions, 'merchants' | 'switches' | 'settings' | 'platform'> {
  /** What the simulator's own clock runs with; default the machine's. */
  readonly clock?: Clock;
  readonly random?: Random;
  /** Carries notices to the merchant; without it they are written down and not sent. */
  readonly http?: Http;
  /** Who issues client certificates; without it any certificate that names a merchant will do, and none is issued. */
  readonly authority?: CertifiedKey;
  /** Default `loopback`: a notify address on another machine is refused, so that tests never reach a real shop. */
  readonly noticeHosts?: NoticeHosts;
}

/** A pretend WeChat Pay in this process. */
export interface Simulator {
  /** WeChat Pay's side of the wire: every path under any host. */
  readonly handle: Http;
  /** The control API and the pages for people, under any host; see the package's README. */
  readonly controlHandle: Http;
  readonly world: World;
  /** Moving it waits for the answers to notices that fall due on the way. */
  readonly clock: SteerableClock;
  readonly payer: Payer;
  readonly faults: FaultBook;
  readonly notices: NoticeOffice;
  /** How the bills differ from the book, on demand. */
  readonly discrepancies: DiscrepancyBook;
  /** Empties the book and forgets calls, notices, faults and discrepancies; merchants, switches and settings stay. */
  readonly reset: () => void;
  /** Stops every timer. A simulator that is not closed keeps its process alive. */
  readonly close: () => void;
}

/** Creates a simulator without any socket. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const {
    clock: base = systemClock,
    random = systemRandom,
    http,
    authority,
    noticeHosts = 'loopback',
    ...rest
  } = options;
  const settle = async (): Promise<void> => {
    await nextTurn();
    await notices.settled();
    await nextTurn();
  };
  const clock = createSteerableClock({ base, settle });
  const faults = createFaultBook(random);
  const discrepancies = createDiscrepancyBook();
  const { world, reset: resetWorld } = createWorld({
    ...rest,
    ...(authority === undefined
      ? {}
      : {
          certificateAuthorityPem: authority.certificatePem,
          issuePlatform: (atMs: number) => issuePlatformCertificateAtOnce(authority, { nowMs: atMs, random }),
        }),
    clock,
    baseClock: base,
    random,
    faults,
    bills: (made) => createBillOffice(made, discrepancies),
  });
  const notices = createNoticeOffice({ world, faults, hosts: noticeHosts, ...(http === undefined ? {} : { http }) });
  const oauth = createOauth(world);
  const reset = (): void => {
    notices.clear();
    faults.clear();
    discrepancies.clear();
    resetWorld();
  };
  const desk = { world, clock, payer: createPayer(world, oauth.book), faults, notices, discrepancies, reset };
  const issue = (mchid: string, issuer: CertifiedKey): Promise<CertifiedKey> =>
    issueMerchantCertificate(mchid, issuer, { nowMs: base.nowMs(), random });
  return {
    ...desk,
    handle: createGateway(world, oauth.answer),
    controlHandle: createControlApi({
      ...desk,
      ...(authority === undefined
        ? {}
        : {
            issueCertificate: (mchid: string) => issue(mchid, authority),
            issuePlatform: () => issuePlatformCertificate(authority, { nowMs: base.nowMs(), random }),
          }),
    }),
    close: () => {
      reset();
      clock.stop();
    },
  };
}
