import {
  ok,
  type V3CodepayRequest,
  type V3H5Request,
  type V3H5Scene,
  type V3JsapiRequest,
  type V3OrderContent,
  type V3Scene,
} from '@orderkeeper/protocol';
import type { Attempt } from '../../core/order.ts';
import { invalid, type Read, sceneOf } from '../content.ts';
import type { H5Text, SceneInfoText } from '../scene-info-text.ts';

/** The placing call of an attempt: one operation for each way to pay. */
export type V3Placing =
  | { readonly operation: 'jsapi'; readonly request: V3JsapiRequest }
  | { readonly operation: 'app'; readonly request: V3OrderContent }
  | { readonly operation: 'native'; readonly request: V3OrderContent }
  | { readonly operation: 'h5'; readonly request: V3H5Request };

/**
 * The placing call of an attempt. Everything in it comes from the attempt, `time_expire` and the payer's address as well:
 * the same number with other content is refused, so a repetition says the same to the byte.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791856
 */
export function v3PlacingRequest(attempt: Attempt, notifyUrl: string): Read<V3Placing> {
  const { outTradeNo, content } = attempt;
  const { tradeType, openid, description, totalFen, expiresAtMs, attach } = content;
  const scene = sceneOf(attempt);
  if (!scene.ok) return scene;
  const base: V3OrderContent = {
    outTradeNo,
    description,
    totalFen,
    notifyUrl,
    // Less than a minute ahead it is moved there without a word; the keeper closes the attempt at its own time.
    expireAtMs: expiresAtMs,
    ...(attach === undefined ? {} : { attach }),
  };
  const ofPayer = payerScene(attempt, scene.value);
  switch (tradeType) {
    case 'JSAPI':
      if (openid === undefined) return invalid('openid is needed for JSAPI');
      return ok({ operation: 'jsapi', request: { ...base, openid, scene: ofPayer } });
    case 'APP':
      return ok({ operation: 'app', request: { ...base, scene: ofPayer } });
    case 'NATIVE':
      return ok({ operation: 'native', request: { ...base, ...nativeScene(scene.value, ofPayer) } });
    case 'MWEB': {
      const { h5 } = scene.value;
      if (h5 === undefined) return invalid('sceneInfo with h5_info is needed for MWEB');
      return ok({ operation: 'h5', request: { ...base, scene: h5Scene(ofPayer, h5) } });
    }
    case 'MICROPAY':
      return invalid('MICROPAY is not placed, the code is charged');
  }
}

/**
 * The charging call of a micropay attempt. It knows neither notice nor expiry; the address is that of the terminal.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012382150
 */
export function v3ChargingRequest({ outTradeNo, content }: Attempt): Read<V3CodepayRequest> {
  const { authCode, description, totalFen, payerIp, attach } = content;
  if (authCode === undefined) return invalid('authCode is needed for MICROPAY');
  return ok({
    outTradeNo,
    description,
    totalFen,
    authCode,
    scene: { deviceIp: payerIp },
    ...(attach === undefined ? {} : { attach }),
  });
}

const payerScene = ({ content }: Attempt, { store, deviceId }: SceneInfoText): V3Scene => ({
  payerClientIp: content.payerIp,
  ...(store === undefined ? {} : { store }),
  ...(deviceId === undefined ? {} : { deviceInfo: deviceId }),
});

/** Who will scan a code is not known yet: the address is said only where the rest of the scene asks for one. */
const nativeScene = ({ store, deviceId }: SceneInfoText, scene: V3Scene): { readonly scene?: V3Scene } =>
  store === undefined && deviceId === undefined ? {} : { scene };

const H5_TYPES = { Wap: 'Wap', IOS: 'iOS', Android: 'Android' } as const;

const h5Scene = (scene: V3Scene, { type, name, url, bundleId, packageName }: H5Text): V3H5Scene => ({
  ...scene,
  h5: {
    type: H5_TYPES[type],
    ...(name === undefined ? {} : { appName: name }),
    ...(url === undefined ? {} : { appUrl: url }),
    ...(bundleId === undefined ? {} : { bundleId }),
    ...(packageName === undefined ? {} : { packageName }),
  },
});
