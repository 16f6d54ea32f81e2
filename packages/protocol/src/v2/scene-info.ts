import { ok } from '../values/result.ts';
import { jsonObject, jsonText } from './field-json.ts';
import { oneOf, optional, text } from './field-kinds.ts';
import type { SentTable } from './field-table.ts';

/** The shop where the payer stands. */
export interface StoreScene {
  readonly storeId: string;
  readonly name?: string;
  /** The code of the district (行政区划), six digits. */
  readonly areaCode?: string;
  readonly address?: string;
}

/** Where a payment in a browser outside of WeChat (H5, trade type MWEB) comes from. */
export type H5Scene =
  | { readonly type: 'Wap'; readonly wapUrl: string; readonly wapName: string }
  | { readonly type: 'IOS'; readonly appName: string; readonly bundleId: string }
  | { readonly type: 'Android'; readonly appName: string; readonly packageName: string };

/** Where a payment takes place, sent as JSON in `scene_info`. */
export type SceneInfo =
  | { readonly store: StoreScene; readonly h5?: never }
  | { readonly h5: H5Scene; readonly store?: never };

const SCENE_INFO_BYTES_MAX = 256;

const STORE: SentTable<StoreScene> = {
  storeId: text(32)('id'),
  name: optional(text(64))('name'),
  areaCode: optional(text(6))('area_code'),
  address: optional(text(128))('address'),
};

interface H5Fields {
  readonly type: H5Scene['type'];
  readonly wapUrl?: string;
  readonly wapName?: string;
  readonly appName?: string;
  readonly bundleId?: string;
  readonly packageName?: string;
}

/** All fields that any of the H5 scenes has; each type needs its own two, as the types say. */
const H5: SentTable<H5Fields> = {
  type: oneOf('Wap', 'IOS', 'Android')('type'),
  wapUrl: optional(text(256))('wap_url'),
  wapName: optional(text(256))('wap_name'),
  appName: optional(text(256))('app_name'),
  bundleId: optional(text(256))('bundle_id'),
  packageName: optional(text(256))('package_name'),
};

/** `scene_info` of unifiedorder and micropay. */
export const sceneInfo = jsonText<SceneInfo>(SCENE_INFO_BYTES_MAX, (scene) => {
  const info = scene.h5 === undefined ? jsonObject(STORE, scene.store) : jsonObject(H5, scene.h5);
  return info.ok ? ok({ [scene.h5 === undefined ? 'store_info' : 'h5_info']: info.value }) : info;
});
