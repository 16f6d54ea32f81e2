import type { HttpRequest } from '@orderkeeper/ports';
import {
  type ApiKey,
  type Fields,
  readXml,
  type Result,
  type SignType,
  stringToSign,
  verifyFields,
  type VerifyReason,
} from '@orderkeeper/protocol';
import { failed, type Outcome, type SimOperation } from '../operations/operation.ts';
import type { CallVerdict, SimMerchant, World } from '../world.ts';
import { type CertificateVerdict, inspectCertificate } from './certificate.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Refusal } from './refusals.ts';
import { sandboxKeyOf } from './sandbox-key.ts';

/** A call that may go to its operation. */
export interface Accepted {
  readonly kind: 'accepted';
  readonly fields: Fields;
  readonly merchant: SimMerchant;
  readonly key: ApiKey;
  readonly signType: SignType;
  /** Decided already, where the operation has nothing to say. */
  readonly outcome?: Outcome;
}

/** A call that may not. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly refusal: Refusal | 'no-certificate' | 'broken-certificate';
  /** The field at fault, if one is. */
  readonly field?: string;
  readonly verdict: CallVerdict;
  /** For the person who reads the list of calls. */
  readonly explanation: string;
  readonly signedText?: string;
}

const SURROGATE = /[\ud800-\udfff]/;

function reject(
  refusal: Rejected['refusal'],
  verdict: CallVerdict,
  explanation: string,
  more: { field?: string; signedText?: string } = {},
): Rejected {
  return { kind: 'rejected', refusal, verdict, explanation, ...more };
}

/**
 * The checks in their order: method, certificate, body, XML and root, the common fields, merchant and appid,
 * certificate's owner, signature, rate, sub-merchant. Parameters and business are the operation's.
 */
export function examine(
  operation: SimOperation,
  request: HttpRequest,
  world: World,
  rateLimit: RateLimit,
): Accepted | Rejected {
  if (request.method !== 'POST')
    return reject('method', 'bad-request', `the method is ${request.method}, WeChat Pay takes POST only`);
  const certificate = inspectCertificate(request, world.certificateAuthorityPem);
  if (operation.certificate === 'needed' && certificate.kind !== 'of-merchant')
    return certificateRejected(certificate.kind);
  const fields = readMessage(operation, request);
  if ('kind' in fields) return fields;
  const merchant = identify(operation, fields, world);
  if ('kind' in merchant) return merchant;
  const isForeign = operation.certificate === 'needed' && !belongsTo(certificate, merchant);
  if (isForeign && world.switches.wrongCertificate === 'unsigned') {
    return reject(
      'wrong-certificate',
      'no-certificate',
      `the client certificate is not the one of merchant ${merchant.mchid}`,
    );
  }
  const signed = checkSign(operation, fields, merchant);
  if (signed.kind === 'rejected') return signed;
  if (
    rateLimit(`${merchant.mchid} ${operation.name}`, world.clock.nowMs(), world.settings.callsPerSecondMax) === 'beyond'
  ) {
    return reject(
      'rate',
      'rate-limited',
      `more than ${world.settings.callsPerSecondMax} calls of ${operation.name} in this second`,
    );
  }
  if (
    merchant.role === 'provider' &&
    operation.subMerchant === 'of-provider' &&
    (fields.get('sub_mch_id') ?? '') === ''
  ) {
    return reject('sub-mchid-missing', 'bad-request', 'a service provider must name the sub_mch_id');
  }
  return isForeign ? { ...signed, outcome: failed('CERT_ERROR', '证书校验错误') } : signed;
}

function certificateRejected(kind: 'none' | 'broken'): Rejected {
  return kind === 'none'
    ? reject(
        'no-certificate',
        'no-certificate',
        'this path needs the client certificate of the merchant (apiclient_cert), none was sent',
      )
    : reject(
        'broken-certificate',
        'no-certificate',
        'the client certificate was not issued by the authority of this simulator',
      );
}

const belongsTo = (certificate: CertificateVerdict, merchant: SimMerchant): boolean =>
  certificate.kind === 'of-merchant' && certificate.mchid === merchant.mchid;

function readMessage(operation: SimOperation, request: HttpRequest): Fields | Rejected {
  const bytes = bytesOf(request);
  if (bytes.length === 0) return reject('empty-body', 'bad-request', 'the body is empty');
  const read = readXml(bytes);
  if (!read.ok) return reject(read.reason === 'wrong-root' ? 'wrong-root' : 'not-xml', 'bad-request', read.message);
  const fields = read.value;
  for (const [field, lengthMax] of Object.entries(operation.demands)) {
    const length = fields.get(field)?.length ?? 0;
    if (length === 0 || length > lengthMax) {
      return reject(
        length === 0 ? 'field-missing' : 'field-too-long',
        'bad-request',
        `${field} has ${length} characters, needed are 1 to ${lengthMax}`,
        { field },
      );
    }
  }
  return fields;
}

function identify(operation: SimOperation, fields: Fields, world: World): SimMerchant | Rejected {
  const mchid = fields.get('mch_id') ?? '';
  if (!/^[0-9]+$/.test(mchid)) return reject('mchid-format', 'bad-request', 'mch_id has other characters than digits');
  const merchant = world.merchants.get(mchid);
  if (merchant === undefined) return reject('unknown-mchid', 'unknown-merchant', `no merchant has the number ${mchid}`);
  if (!('appid' in operation.demands)) return merchant;
  const appid = fields.get('appid') ?? '';
  if (merchant.appids.has(appid)) return merchant;
  const isKnown = [...world.merchants.values()].some(({ appids }) => appids.has(appid));
  return isKnown
    ? reject('appid-not-bound', 'unknown-merchant', `the appid ${appid} is not bound to merchant ${mchid}`)
    : reject('unknown-appid', 'unknown-merchant', `no appid ${appid} exists`);
}

function checkSign(operation: SimOperation, fields: Fields, merchant: SimMerchant): Accepted | Rejected {
  const key = operation.key === 'sandbox' ? sandboxKeyOf(merchant) : merchant.apiKey;
  const signedText = `${stringToSign(fields)}&key=[secret]`;
  const bad = (explanation: string): Rejected => reject('bad-signature', 'bad-signature', explanation, { signedText });
  for (const [name, value] of fields) {
    if (SURROGATE.test(value))
      return bad(`${name} contains a character of four UTF-8 bytes, such as an emoji; no sign over it is accepted`);
  }
  const verified = verifyEither(operation, fields, key);
  if (!verified.ok) return bad(`${verified.message}; compare signed_text with the string that the caller hashed`);
  if (operation.signTypes !== 'any' && verified.value !== operation.signTypes) {
    return bad(`${operation.name} takes ${operation.signTypes} only, the call is signed with ${verified.value}`);
  }
  return { kind: 'accepted', fields, merchant, key, signType: verified.value };
}

/** Verifies the fields as received, else with the fields decoded that callers may send URL-encoded. */
function verifyEither(operation: SimOperation, fields: Fields, key: ApiKey): Result<SignType, VerifyReason> {
  const requested = (fields.get('sign_type') ?? '') === '' ? 'MD5' : undefined;
  const asReceived = verifyFields(fields, key, requested);
  if (asReceived.ok || operation.mayBeUrlEncoded.length === 0) return asReceived;
  const decoded = new Map(fields);
  for (const name of operation.mayBeUrlEncoded) decoded.set(name, urlDecoded(fields.get(name) ?? ''));
  return verifyFields(decoded, key, requested);
}

function urlDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The body as bytes. */
export function bytesOf(request: HttpRequest): Uint8Array {
  const { body = '' } = request;
  return typeof body === 'string' ? new TextEncoder().encode(body) : body;
}
