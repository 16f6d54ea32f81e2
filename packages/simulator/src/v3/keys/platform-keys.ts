import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import type { Random } from '@orderkeeper/ports';
import type { Certificates, CertifiedKey } from '../../credentials/certificates.ts';

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

/** WeChat Pay's keys, and which merchant is in which mode. */
export interface PlatformKeys {
  readonly modeOf: (mchid: string) => KeyMode;
  /** Without a mchid: of every merchant that has no mode of its own. */
  readonly setMode: (mode: KeyMode, mchid?: string) => void;
  readonly publicKeyId: string;
  /** Oldest first. */
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
export function createPlatformKeys(identity: PlatformIdentity, random: Pick<Random, 'fraction'>): PlatformKeys {
  const { id, privateKeyPem, publicKeyPem } = identity.publicKey;
  const publicKey: PlatformKey = {
    serial: id,
    privateKey: createPrivateKey(privateKeyPem),
    publicKey: createPublicKey(publicKeyPem),
  };
  const oldest = certificateOf(identity.platform);
  let newer: PlatformCertificate[] = [];
  let isOldestRetired = false;
  let stranger: KeyObject | undefined;
  let modeOfAll: KeyMode = 'certificate';
  const modes = new Map<string, KeyMode>();
  const certificates = (): readonly PlatformCertificate[] => (isOldestRetired ? newer : [oldest, ...newer]);
  const modeOf = (mchid: string): KeyMode => modes.get(mchid) ?? modeOfAll;
  const certificateKey = (share: number): PlatformKey => {
    const all = certificates();
    const newest = all.at(-1) ?? oldest;
    return all.length > 1 && random.fraction() >= share ? (all[0] ?? oldest) : newest;
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
      newer = [...newer, certificateOf(certified)];
    },
    retire: () => {
      if (newer.length === 0) return;
      isOldestRetired = true;
      newer = newer.slice(-1);
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
