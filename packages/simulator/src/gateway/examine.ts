import type { Fields, Result, XmlReason } from '@orderkeeper/protocol';
import { failed, type SimOperation } from '../operations/operation.ts';
import type { SimMerchant, World } from '../world.ts';
import type { OperationArrival } from './arrival.ts';
import { type CertificateVerdict, inspectCertificate } from './certificate.ts';
import { checkSign } from './check-sign.ts';
import type { RateLimit } from './rate-limit.ts';
import { type Accepted, reject, type Rejected } from './verdicts.ts';

/**
 * The checks in their order: method, certificate, body, XML and root, the common fields, merchant and appid,
 * certificate's owner, signature, rate, sub-merchant. Parameters and business are the operation's.
 */
export function examine(arrival: OperationArrival, world: World, rateLimit: RateLimit): Accepted | Rejected {
  const { operation, request, body } = arrival;
  if (request.method !== 'POST') {
    return reject('method', 'bad-request', `the method is ${request.method}, WeChat Pay takes POST only`);
  }
  const certificate = certificateOf(arrival, world);
  if (certificate.kind === 'none' || certificate.kind === 'broken') return certificateRejected(certificate.kind);
  const fields = demandFields(operation, body);
  if ('kind' in fields) return fields;
  const merchant = identify(operation, fields, world);
  if ('kind' in merchant) return merchant;
  const isForeign = certificate.kind === 'of-merchant' && certificate.mchid !== merchant.mchid;
  if (isForeign && world.switches.wrongCertificate === 'unsigned') {
    return reject(
      'wrong-certificate',
      'no-certificate',
      `the certificate is not the one of merchant ${merchant.mchid}`,
    );
  }
  const signed = checkSign(operation, fields, merchant);
  if (signed.kind === 'rejected') return signed;
  const unwelcome = checkRate(operation, merchant, world, rateLimit) ?? checkSubMerchant(operation, fields, merchant);
  if (unwelcome !== undefined) return unwelcome;
  return isForeign ? { ...signed, outcome: failed('CERT_ERROR', '证书校验错误') } : signed;
}

function certificateOf({ operation, request }: OperationArrival, world: World): CertificateVerdict {
  if (operation.certificate === 'not-needed') return { kind: 'not-asked' };
  return inspectCertificate(request, world.certificateAuthorityPem);
}

function certificateRejected(kind: 'none' | 'broken'): Rejected {
  const none = 'this path needs the client certificate of the merchant (apiclient_cert), none was sent';
  const broken = 'the client certificate was not issued by the authority of this simulator';
  return kind === 'none'
    ? reject('no-certificate', 'no-certificate', none)
    : reject('broken-certificate', 'no-certificate', broken);
}

function demandFields(operation: SimOperation, body: Result<Fields, XmlReason>): Fields | Rejected {
  if (!body.ok) {
    const refusal = body.reason === 'empty' ? 'empty-body' : body.reason === 'wrong-root' ? 'wrong-root' : 'not-xml';
    return reject(refusal, 'bad-request', body.message);
  }
  for (const [field, lengthMax] of Object.entries(operation.demands)) {
    const length = body.value.get(field)?.length ?? 0;
    if (length > 0 && length <= lengthMax) continue;
    const explanation = `${field} has ${length} characters, needed are 1 to ${lengthMax}`;
    return reject(length === 0 ? 'field-missing' : 'field-too-long', 'bad-request', explanation, { field });
  }
  return body.value;
}

function identify(operation: SimOperation, fields: Fields, world: World): SimMerchant | Rejected {
  const mchid = fields.get('mch_id') ?? '';
  if (!/^[0-9]+$/.test(mchid)) return reject('mchid-format', 'bad-request', 'mch_id has other characters than digits');
  const merchant = world.merchants.get(mchid);
  if (merchant === undefined) return reject('unknown-mchid', 'unknown-merchant', `no merchant has the number ${mchid}`);
  const appid = fields.get('appid') ?? '';
  if (!('appid' in operation.demands) || merchant.appids.has(appid)) return merchant;
  const isKnown = [...world.merchants.values()].some(({ appids }) => appids.has(appid));
  return isKnown
    ? reject('appid-not-bound', 'unknown-merchant', `the appid ${appid} is not bound to merchant ${mchid}`)
    : reject('unknown-appid', 'unknown-merchant', `no appid ${appid} exists`);
}

function checkRate(
  operation: SimOperation,
  merchant: SimMerchant,
  world: World,
  rateLimit: RateLimit,
): Rejected | undefined {
  const { callsPerSecondMax } = world.settings;
  const who = `${merchant.mchid} ${operation.name}`;
  return rateLimit(who, world.clock.nowMs(), callsPerSecondMax) === 'within'
    ? undefined
    : reject('rate', 'rate-limited', `more than ${callsPerSecondMax} calls of ${operation.name} in this second`);
}

function checkSubMerchant(operation: SimOperation, fields: Fields, merchant: SimMerchant): Rejected | undefined {
  const isDue = merchant.role === 'provider' && operation.subMerchant === 'of-provider';
  return isDue && (fields.get('sub_mch_id') ?? '') === ''
    ? reject('sub-mchid-missing', 'bad-request', 'a service provider must name the sub_mch_id')
    : undefined;
}
