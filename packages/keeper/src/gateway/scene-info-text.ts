import { failure, type H5Scene, ok, type Result, type StoreScene } from '@orderkeeper/protocol';

/** What a merchant's JSON text of `scene_info` says. */
export interface SceneInfoText {
  readonly h5?: H5Scene;
  readonly store?: StoreScene;
}

type Read<Value> = Result<Value, 'scene-info-invalid'>;

const invalid = (message: string): Read<never> => failure('scene-info-invalid', `sceneInfo ${message}`);

/**
 * Reads `scene_info` as WeChat Pay's pages print it: `{"h5_info":{"type":"Wap","wap_url":"…","wap_name":"…"}}`, with
 * `app_name` and `bundle_id` or `package_name` for IOS and Android, or `{"store_info":{"id":"…"}}`.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_1
 */
export function readSceneInfo(text: string): Read<SceneInfoText> {
  const root = objectOf(parsed(text));
  if (root === undefined) return invalid('is no JSON object');
  const h5 = objectOf(root['h5_info']);
  if (h5 !== undefined) return readH5(h5);
  const store = objectOf(root['store_info']);
  return store === undefined ? invalid('has neither h5_info nor store_info') : readStore(store);
}

function readH5(fields: Readonly<Record<string, unknown>>): Read<SceneInfoText> {
  const { type } = fields;
  const [wapUrl, wapName] = [textOf(fields['wap_url']), textOf(fields['wap_name'])];
  const [appName, bundleId] = [textOf(fields['app_name']), textOf(fields['bundle_id'])];
  const packageName = textOf(fields['package_name']);
  switch (type) {
    case 'Wap':
      if (wapUrl === undefined || wapName === undefined) return invalid('of type Wap needs wap_url and wap_name');
      return ok({ h5: { type, wapUrl, wapName } });
    case 'IOS':
      if (appName === undefined || bundleId === undefined) return invalid('of type IOS needs app_name and bundle_id');
      return ok({ h5: { type, appName, bundleId } });
    case 'Android':
      if (appName === undefined || packageName === undefined)
        return invalid('of type Android needs app_name and package_name');
      return ok({ h5: { type, appName, packageName } });
    default:
      return invalid('needs h5_info.type Wap, IOS or Android');
  }
}

function readStore(fields: Readonly<Record<string, unknown>>): Read<SceneInfoText> {
  const storeId = textOf(fields['id']);
  if (storeId === undefined) return invalid('needs store_info.id');
  const [name, areaCode, address] = ['name', 'area_code', 'address'].map((key) => textOf(fields[key]));
  return ok({
    store: {
      storeId,
      ...(name === undefined ? {} : { name }),
      ...(areaCode === undefined ? {} : { areaCode }),
      ...(address === undefined ? {} : { address }),
    },
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const objectOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  isObject(value) ? value : undefined;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
