import { jsonText } from './field-kinds.ts';

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

const storeInfo = (store: StoreScene): object => ({
  id: store.storeId,
  name: store.name,
  area_code: store.areaCode,
  address: store.address,
});

function h5Info(scene: H5Scene): object {
  switch (scene.type) {
    case 'Wap':
      return { type: scene.type, wap_url: scene.wapUrl, wap_name: scene.wapName };
    case 'IOS':
      return { type: scene.type, app_name: scene.appName, bundle_id: scene.bundleId };
    case 'Android':
      return { type: scene.type, app_name: scene.appName, package_name: scene.packageName };
  }
}

/** `scene_info` of unifiedorder and micropay. */
export const sceneInfo = jsonText<SceneInfo>(SCENE_INFO_BYTES_MAX, (scene) =>
  scene.h5 === undefined ? { store_info: storeInfo(scene.store) } : { h5_info: h5Info(scene.h5) },
);
