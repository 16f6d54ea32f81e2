import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import type { Random } from '@orderkeeper/ports';
import type { Certificates, CertifiedKey } from '../../credentials/certificates.ts';
import type { Switches } from '../../switches.ts';
import { greyShare, RENEWAL_MS } from './rotation.ts';

/** With what WeChat Pay signs for a merchant: a certificate, a public key, or both while the merchant changes over. */
export type KeyMode = 'certificate' | 'public-key' | 'switching';

/** What the simulator signs answers and notices of APIv3 with. */
export interface PlatformIdentity extends Pick<Certificates, 'platform' | 'publicKey'> {
  /** What messages are signed with that WeChat Pay has not signed, PEM; default a new key, made when it is needed. */
  readonly strangersKeyPem?: string;
}

/** A key with the name under which it signs. */
export interface PlatformKey {
  /** What the header `Wechatpay-Serial` says. */
  readonly serial: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A platform certificate as `/v3/certificates` hands it out. */
export interface PlatformCertificate extends PlatformKey {
  readonly certificatePem: string;
  readonly effectiveAtMs: number;
  readonly expiresAtMs: number;
}

/** How often chance takes the newer of two keys, 0 to 1. */
export interface KeyShares {
  readonly newCertificateShare: number;
  readonly publicKeyNoticeShare: number;
}

/** What new certificates come from, in time and by themselves. */
export interface Renewal {
  readonly nowMs: () => number;
  /** Makes a certificate that begins at this time; without it none is made. */
  readonly issue?: (atMs: number) => CertifiedKey;
  readonly switches: Pick<Switches, 'v3CertificateRotation'>;
}

/** WeChat Pay's keys, and which merchant is in which mode. */
export interface PlatformKeys {
  readonly modeOf: (mchid: string) => KeyMode;
  /** Without a mchid: of every merchant that has no mode of its own. */
  readonly setMode: (mode: KeyMode, mchid?: string) => void;
  readonly publicKeyId: string;
  /** Those that can be had at this time, oldest first. */
  readonly certificates: () => readonly PlatformCertificate[];
  /** Puts a new certificate beside those in use. */
  readonly rotate: (certified: CertifiedKey) => void;
  /** Takes away every certificate but the newest. */
  readonly retire: () => void;
  /** Who signs an answer; `asked` is the request's own `Wechatpay-Serial`. */
  readonly answerKey: (mchid: string, asked: string, shares: KeyShares) => PlatformKey;
  readonly noticeKey: (mchid: string, shares: KeyShares) => PlatformKey;
  /** A private key that has nothing to do with WeChat Pay; the same every time. */
  readonly stranger: () => KeyObject;
  /** The key that a merchant says it has encrypted with. */
  readonly keyOf: (serial: string) => PlatformKey | undefined;
}

/** Creates the keys of one world; every merchant is in mode `certificate` at first. */
export function createPlatformKeys(
  identity: PlatformIdentity,
  random: Pick<Random, 'fraction'>,
  renewal: Renewal,
): PlatformKeys {
  const { id, privateKeyPem, publicKeyPem } = identity.publicKey;
  const publicKey: PlatformKey = {
    serial: id,
    privateKey: createPrivateKey(privateKeyPem),
    publicKey: createPublicKey(publicKeyPem),
  };
  let all: AtLeastOne = [certificateOf(identity.platform)];
  let stranger: KeyObject | undefined;
  let modeOfAll: KeyMode = 'certificate';
  const modes = new Map<string, KeyMode>();
  const certificates = (): AtLeastOne => {
    if (renewal.switches.v3CertificateRotation === 'by-date') all = renewed(all, renewal);
    return all;
  };
  const modeOf = (mchid: string): KeyMode => modes.get(mchid) ?? modeOfAll;
  const certificateKey = (share: number): PlatformKey => {
    const [oldest, ...newer] = certificates();
    const newest = newer.at(-1);
    if (newest === undefined) return oldest;
    const isByDate = renewal.switches.v3CertificateRotation === 'by-date';
    const byDate = isByDate ? greyShare(oldest.expiresAtMs, renewal.nowMs()) : 0;
    return random.fraction() >= Math.max(share, byDate) ? oldest : newest;
  };
  return {
    modeOf,
    setMode: (mode, mchid) => {
      if (mchid !== undefined) modes.set(mchid, mode);
      else {
        modeOfAll = mode;
        modes.clear();
      }
    },
    publicKeyId: id,
    certificates,
    rotate: (certified) => {
      all = [...certificates(), certificateOf(certified)];
    },
    retire: () => {
      all = [newestOf(certificates())];
    },
    answerKey: (mchid, asked, { newCertificateShare }) => {
      const mode = modeOf(mchid);
      const isPublicKey = mode === 'public-key' || (mode === 'switching' && asked === id);
      return isPublicKey ? publicKey : certificateKey(newCertificateShare);
    },
    noticeKey: (mchid, { newCertificateShare, publicKeyNoticeShare }) => {
      const mode = modeOf(mchid);
      const isPublicKey = mode === 'public-key' || (mode === 'switching' && random.fraction() < publicKeyNoticeShare);
      return isPublicKey ? publicKey : certificateKey(newCertificateShare);
    },
    stranger: () => (stranger ??= strangersKey(identity)),
    keyOf: (serial) => [publicKey, ...certificates()].find((key) => key.serial === serial),
  };
}

const strangersKey = ({ strangersKeyPem }: PlatformIdentity): KeyObject =>
  strangersKeyPem === undefined
    ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    : createPrivateKey(strangersKeyPem);

type AtLeastOne = readonly [PlatformCertificate, ...PlatformCertificate[]];

const newestOf = ([oldest, ...newer]: AtLeastOne): PlatformCertificate => newer.at(-1) ?? oldest;

/** With a new one in time before the newest ends, and without those that have ended. */
function renewed(all: AtLeastOne, { nowMs, issue }: Renewal): AtLeastOne {
  if (issue === undefined) return withoutEnded(all, nowMs());
  let present = all;
  const dueAtMs = (): number => newestOf(present).expiresAtMs - RENEWAL_MS;
  while (nowMs() >= dueAtMs()) present = [...present, certificateOf(issue(dueAtMs()))];
  return withoutEnded(present, nowMs());
}

function withoutEnded(all: AtLeastOne, nowMs: number): AtLeastOne {
  const [oldest, next, ...others] = all;
  return next === undefined || nowMs < oldest.expiresAtMs ? all : withoutEnded([next, ...others], nowMs);
}

function certificateOf({ serial, certificatePem, privateKeyPem, publicKeyPem }: CertifiedKey): PlatformCertificate {
  const certificate = new X509Certificate(certificatePem);
  return {
    serial,
    certificatePem,
    privateKey: createPrivateKey(privateKeyPem),
    publicKey: createPublicKey(publicKeyPem),
    effectiveAtMs: Date.parse(certificate.validFrom),
    expiresAtMs: Date.parse(certificate.validTo),
  };
}
