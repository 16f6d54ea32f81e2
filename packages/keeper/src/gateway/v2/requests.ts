import {
  type H5Scene,
  type MicropayRequest,
  ok,
  type OrderContent,
  type UnifiedorderRequest,
} from '@orderkeeper/protocol';
import type { Attempt } from '../../core/order.ts';
import { invalid, type Read, sceneOf } from '../content.ts';
import type { H5Text } from '../scene-info-text.ts';

/**
 * WeChat Pay refuses a `time_expire` that is not more than five minutes ahead by its own clock; one minute is for the
 * difference between the clocks. A shorter expiry is kept by the keeper alone, which closes the attempt.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_1
 */
export const TIME_EXPIRE_AHEAD_MS_MIN = 6 * 60_000;

/** The placing call of an attempt: the same content every time, as the same number demands. */
export function placingRequest(attempt: Attempt, notifyUrl: string, nowMs: number): Read<UnifiedorderRequest> {
  const { content } = attempt;
  const { tradeType, openid, productId } = content;
  const scene = sceneOf(attempt);
  if (!scene.ok) return scene;
  const { h5, store } = scene.value;
  const atStore = store === undefined ? {} : { sceneInfo: { store } };
  const base = { ...contentOf(attempt), ...expiryOf(attempt, nowMs), notifyUrl };
  switch (tradeType) {
    case 'JSAPI':
      if (openid === undefined) return invalid('openid is needed for JSAPI');
      return ok({ ...base, tradeType, openid, ...(productId === undefined ? {} : { productId }), ...atStore });
    case 'NATIVE':
      if (productId === undefined) return invalid('productId is needed for NATIVE');
      return ok({ ...base, tradeType, productId, ...atStore });
    case 'APP':
      return ok({ ...base, tradeType, ...atStore });
    case 'MWEB':
      return h5 === undefined
        ? invalid('sceneInfo with h5_info is needed for MWEB')
        : placingInBrowser(base, h5SceneOf(h5));
    case 'MICROPAY':
      return invalid('MICROPAY is not placed, the code is charged');
  }
}

const placingInBrowser = <Base>(base: Base, h5: Read<H5Scene>) =>
  h5.ok ? ok({ ...base, tradeType: 'MWEB' as const, sceneInfo: { h5: h5.value } }) : h5;

/** The charging call of a micropay attempt. No `time_expire`: the keeper takes back what comes to no end (R8). */
export function chargingRequest(attempt: Attempt): Read<MicropayRequest> {
  const { authCode } = attempt.content;
  return authCode === undefined ? invalid('authCode is needed for MICROPAY') : ok({ ...contentOf(attempt), authCode });
}

function contentOf({ outTradeNo, content }: Attempt): OrderContent {
  const { description, totalFen, payerIp, attach } = content;
  return {
    outTradeNo,
    body: description,
    totalFen,
    spbillCreateIp: payerIp,
    ...(attach === undefined ? {} : { attach }),
  };
}

/**
 * Whether a `time_expire` is sent is decided by the attempt's own length, so that a repetition says the same; and when
 * too little is left for a repetition, the first call has not arrived (a query comes before), so it may say less.
 */
function expiryOf({ content, openedAtMs }: Attempt, nowMs: number): { readonly expireAtMs?: number } {
  const { expiresAtMs } = content;
  const isSendable = expiresAtMs - Math.max(openedAtMs, nowMs) >= TIME_EXPIRE_AHEAD_MS_MIN;
  return isSendable ? { expireAtMs: expiresAtMs } : {};
}

/** The scene of H5 as the classic API wants it: all of what belongs to its type. */
function h5SceneOf({ type, name, url, bundleId, packageName }: H5Text): Read<H5Scene> {
  switch (type) {
    case 'Wap':
      if (url === undefined || name === undefined) return invalid('sceneInfo of type Wap needs wap_url and wap_name');
      return ok({ type, wapUrl: url, wapName: name });
    case 'IOS':
      if (name === undefined || bundleId === undefined)
        return invalid('sceneInfo of type IOS needs app_name and bundle_id');
      return ok({ type, appName: name, bundleId });
    case 'Android':
      if (name === undefined || packageName === undefined)
        return invalid('sceneInfo of type Android needs app_name and package_name');
      return ok({ type, appName: name, packageName });
  }
}
