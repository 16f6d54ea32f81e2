import { expect, test } from 'vitest';
import { readSceneInfo } from './scene-info-text.ts';

test.each([
  [
    '{"h5_info":{"type":"Wap","wap_url":"https://pay.qq.com","wap_name":"腾讯充值"}}',
    { h5: { type: 'Wap', wapUrl: 'https://pay.qq.com', wapName: '腾讯充值' } },
  ],
  [
    '{"h5_info":{"type":"IOS","app_name":"王者荣耀","bundle_id":"com.tencent.wzryIOS"}}',
    { h5: { type: 'IOS', appName: '王者荣耀', bundleId: 'com.tencent.wzryIOS' } },
  ],
  [
    '{"h5_info":{"type":"Android","app_name":"王者荣耀","package_name":"com.tencent.tmgp.sgame"}}',
    { h5: { type: 'Android', appName: '王者荣耀', packageName: 'com.tencent.tmgp.sgame' } },
  ],
  ['{"store_info":{"id":"SZT10000","area_code":"440305"}}', { store: { storeId: 'SZT10000', areaCode: '440305' } }],
])('the scene %s of the documents is read', (text, value) => {
  expect(readSceneInfo(text)).toEqual({ ok: true, value });
});

test.each([
  ['not JSON', 'is no JSON object'],
  ['null', 'is no JSON object'],
  ['[]', 'is no JSON object'],
  ['{}', 'neither h5_info nor store_info'],
  ['{"h5_info":{"type":"Symbian"}}', 'Wap, IOS or Android'],
  ['{"h5_info":{"type":"Wap","wap_url":"https://a"}}', 'wap_name'],
  ['{"h5_info":{"type":"IOS","app_name":"a"}}', 'bundle_id'],
  ['{"h5_info":{"type":"Android","app_name":"a","package_name":7}}', 'package_name'],
  ['{"store_info":{"name":"a"}}', 'store_info.id'],
])('the scene %s is refused, and the message says what is missing', (text, part) => {
  expect(readSceneInfo(text)).toMatchObject({ ok: false, message: expect.stringContaining(part) });
});
