import { failure, ok, type Result, type StoreScene } from '@orderkeeper/protocol';

/** Where a payment in a browser comes from, as far as the text says; each protocol wants other parts of it. */
export interface H5Text {
  readonly type: 'Wap' | 'IOS' | 'Android';
  /** Of the page or of the app. */
  readonly name?: string;
  /** Of the page. */
  readonly url?: string;
  /** IOS. */
  readonly bundleId?: string;
  /** Android. */
  readonly packageName?: string;
}

/** What a merchant's JSON text of `scene_info` says. */
export interface SceneInfoText {
  readonly h5?: H5Text;
  readonly store?: StoreScene;
  /** The terminal; APIv3 only. */
  readonly deviceId?: string;
}

type Read<Value> = Result<Value, 'scene-info-invalid'>;

const invalid = (message: string): Read<never> => failure('scene-info-invalid', `sceneInfo ${message}`);

/** The documents spell the types in two ways. */
const TYPES: ReadonlyMap<string, H5Text['type']> = new Map([
  ['Wap', 'Wap'],
  ['IOS', 'IOS'],
  ['iOS', 'IOS'],
  ['Android', 'Android'],
]);

/**
 * Reads `scene_info` as WeChat Pay's pages print it, of either protocol:
 * `{"h5_info":{"type":"Wap","wap_url":"…","wap_name":"…"}}` or `{"h5_info":{"type":"Wap","app_url":"…","app_name":"…"}}`,
 * with `bundle_id` or `package_name` for apps, and `{"store_info":{"id":"…"}}`.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_1
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791834
 */
export function readSceneInfo(text: string): Read<SceneInfoText> {
  const root = objectOf(parsed(text));
  if (root === undefined) return invalid('is no JSON object');
  const [h5Fields, storeFields] = [objectOf(root['h5_info']), objectOf(root['store_info'])];
  if (h5Fields === undefined && storeFields === undefined) return invalid('has neither h5_info nor store_info');
  const h5 = h5Fields === undefined ? ok(undefined) : readH5(h5Fields);
  if (!h5.ok) return h5;
  const store = storeFields === undefined ? ok(undefined) : readStore(storeFields);
  if (!store.ok) return store;
  const deviceId = textOf(root['device_id']);
  return ok({
    ...(h5.value === undefined ? {} : { h5: h5.value }),
    ...(store.value === undefined ? {} : { store: store.value }),
    ...(deviceId === undefined ? {} : { deviceId }),
  });
}

function readH5(fields: Readonly<Record<string, unknown>>): Read<H5Text> {
  const type = TYPES.get(textOf(fields['type']) ?? '');
  if (type === undefined) return invalid('needs h5_info.type Wap, IOS or Android');
  const name = textOf(fields['app_name']) ?? textOf(fields['wap_name']);
  const url = textOf(fields['app_url']) ?? textOf(fields['wap_url']);
  const [bundleId, packageName] = [textOf(fields['bundle_id']), textOf(fields['package_name'])];
  return ok({
    type,
    ...(name === undefined ? {} : { name }),
    ...(url === undefined ? {} : { url }),
    ...(bundleId === undefined ? {} : { bundleId }),
    ...(packageName === undefined ? {} : { packageName }),
  });
}

function readStore(fields: Readonly<Record<string, unknown>>): Read<StoreScene> {
  const storeId = textOf(fields['id']);
  if (storeId === undefined) return invalid('needs store_info.id');
  const [name, areaCode, address] = ['name', 'area_code', 'address'].map((key) => textOf(fields[key]));
  return ok({
    storeId,
    ...(name === undefined ? {} : { name }),
    ...(areaCode === undefined ? {} : { areaCode }),
    ...(address === undefined ? {} : { address }),
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
