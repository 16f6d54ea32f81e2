import { isSignedBy, printRequestMessage, readAuthorization, type Authorization } from '@orderkeeper/protocol';
import type { CallVerdict, SimMerchant, World } from '../world.ts';
import type { V3Arrival } from './arrival.ts';
import type { V3Operation } from './operation.ts';
import { type V3Failure, v3Failed } from './outcome.ts';

/** Why a request is turned away before anything of it is believed. Such answers are not signed. */
export interface V3Turned {
  readonly kind: 'turned';
  readonly failure: V3Failure;
  readonly verdict: CallVerdict;
  /** For the person who reads the list of calls. */
  readonly explanation: string;
  readonly signedText?: string;
  /** Some answers of this kind have none. */
  readonly requestId: 'present' | 'absent';
}

/** Timestamps may be off by less than this. */
export const V3_WINDOW_MS = 5 * 60 * 1000;

const FORMAT = 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》';
const SKEW = 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟';
const SHOWN_BODY_BYTES = 8;

/** Checks who sends a request: agent, header, time, certificate, signature, in this order. */
export function authenticate(arrival: V3Arrival, operation: V3Operation, world: World): SimMerchant | V3Turned {
  const { headers } = arrival.request;
  if (operation.refusals === 'early' && ((headers['accept'] ?? '') === '' || (headers['user-agent'] ?? '') === '')) {
    return noAgent();
  }
  const read = readAuthorization(headers['authorization'] ?? '');
  if (!read.ok) return unreadable(operation, headers['authorization'] ?? '', read);
  const authorization = read.value;
  const skewMs = Math.abs(world.clock.nowMs() - Number(authorization.timestamp) * 1000);
  if (skewMs > V3_WINDOW_MS) {
    const explanation = `the timestamp is ${Math.round(skewMs / 1000)} seconds off the simulator's clock, allowed are 300`;
    return turned(v3Failed('SIGN_ERROR', SKEW, { subCode: 270_924_333 }), 'bad-signature', explanation);
  }
  return verifySender(arrival, authorization, world);
}

const turned = (
  failure: V3Failure,
  verdict: CallVerdict,
  explanation: string,
  more: Partial<Pick<V3Turned, 'signedText' | 'requestId'>> = {},
): V3Turned => ({ kind: 'turned', failure, verdict, explanation, requestId: 'present', ...more });

const noAgent = (): V3Turned =>
  turned(
    v3Failed('INVALID_REQUEST', 'Http头缺少Accept或User-Agent'),
    'bad-request',
    'the headers Accept and User-Agent must both be there',
  );

function unreadable(
  { refusals }: V3Operation,
  header: string,
  { reason, message }: { readonly reason: 'scheme-unknown' | 'malformed'; readonly message: string },
): V3Turned {
  if (refusals === 'pay') {
    const failure = v3Failed('SIGN_ERROR', '签名信息错误，验签失败', { subCode: 270_924_332 });
    return turned(failure, 'bad-signature', message, { requestId: 'absent' });
  }
  const isForeign = reason === 'scheme-unknown' && header !== '';
  const words = isForeign ? 'Http头Authorization认证类型不正确' : FORMAT;
  return turned(v3Failed('SIGN_ERROR', words, { subCode: 270_924_332 }), 'bad-signature', message);
}

function verifySender(arrival: V3Arrival, authorization: Authorization, world: World): SimMerchant | V3Turned {
  const { mchid, serial, nonce, timestamp, signature } = authorization;
  const merchant = world.merchants.get(mchid);
  const wrongSerial = v3Failed('SIGN_ERROR', '商户证书序列号有误。', { subCode: 269_546_507 });
  if (merchant === undefined) return turned(wrongSerial, 'unknown-merchant', `no merchant has the number ${mchid}`);
  if (merchant.v3 === undefined) {
    const none = v3Failed('SIGN_ERROR', '商户未申请过证书。', { subCode: 269_546_538 });
    return turned(none, 'no-certificate', `merchant ${mchid} has no API certificate here`);
  }
  const key = merchant.v3.certificates.get(serial.toUpperCase());
  if (key === undefined) {
    const known = [...merchant.v3.certificates.keys()].join(', ');
    return turned(wrongSerial, 'no-certificate', `serial_no ${serial} is none of the merchant's: ${known}`);
  }
  const method = arrival.request.method === 'GET' ? 'GET' : 'POST';
  const signedText = printRequestMessage({ method, path: arrival.target, timestamp, nonce, body: arrival.bodyText });
  if (!isSignedBy(signedText, signature, key)) {
    const explanation =
      'the signature does not belong to the text signed here; compare it with the one that the caller signed, line by line';
    return turned(mismatch(arrival, signedText), 'bad-signature', explanation, { signedText });
  }
  return checkNonce(`${mchid} ${nonce}`, world) ?? merchant;
}

function checkNonce(nonce: string, { v3, switches }: World): V3Turned | undefined {
  if (switches.v3NonceReplay === 'accepted') return undefined;
  if (v3.nonces.has(nonce)) {
    return turned(v3Failed('SIGN_ERROR', '签名错误'), 'bad-signature', 'the nonce was used before');
  }
  v3.nonces.add(nonce);
  return undefined;
}

/** What the gateway tells of the text it has built: its length, and its beginning as far as eight bytes of the body. */
function mismatch({ request, target, bodyText }: V3Arrival, signedText: string): V3Failure {
  const body = Buffer.from(bodyText);
  const head = signedText.slice(0, signedText.length - bodyText.length - 1);
  const detail = {
    detail: { issue: 'sign not match' },
    field: 'signature',
    location: 'authorization',
    sign_information: {
      method: request.method,
      sign_message_length: Buffer.byteLength(signedText),
      truncated_sign_message: `${head}${body.subarray(0, SHOWN_BODY_BYTES).toString('utf8')}\n`,
      url: target,
    },
  };
  return v3Failed('SIGN_ERROR', '签名错误', { detail, subCode: 270_924_360 });
}
