import { expect, test } from 'vitest';
import { readSceneInfo } from './scene-info-text.ts';

test.each([
  [
    '{"h5_info":{"type":"Wap","wap_url":"https://pay.qq.com","wap_name":"腾讯充值"}}',
    { h5: { type: 'Wap', url: 'https://pay.qq.com', name: '腾讯充值' } },
  ],
  [
    '{"h5_info":{"type":"IOS","app_name":"王者荣耀","bundle_id":"com.tencent.wzryIOS"}}',
    { h5: { type: 'IOS', name: '王者荣耀', bundleId: 'com.tencent.wzryIOS' } },
  ],
  [
    '{"h5_info":{"type":"Android","app_name":"王者荣耀","package_name":"com.tencent.tmgp.sgame"}}',
    { h5: { type: 'Android', name: '王者荣耀', packageName: 'com.tencent.tmgp.sgame' } },
  ],
  [
    '{"payer_client_ip":"14.23.150.211","device_id":"013467007045764","h5_info":{"type":"iOS","app_name":"王者荣耀","app_url":"https://pay.qq.com"}}',
    { deviceId: '013467007045764', h5: { type: 'IOS', name: '王者荣耀', url: 'https://pay.qq.com' } },
  ],
  ['{"h5_info":{"type":"Wap"}}', { h5: { type: 'Wap' } }],
  ['{"store_info":{"id":"SZT10000","area_code":"440305"}}', { store: { storeId: 'SZT10000', areaCode: '440305' } }],
])('the scene %s, as the documents of either protocol have it, is read', (text, value) => {
  expect(readSceneInfo(text)).toEqual({ ok: true, value });
});

test.each([
  ['not JSON', 'is no JSON object'],
  ['null', 'is no JSON object'],
  ['[]', 'is no JSON object'],
  ['{}', 'neither h5_info nor store_info'],
  ['{"h5_info":{"type":"Symbian"}}', 'Wap, IOS or Android'],
  ['{"h5_info":{"type":7}}', 'Wap, IOS or Android'],
  ['{"store_info":{"name":"a"}}', 'store_info.id'],
])('the scene %s is refused, and the message says what is missing', (text, part) => {
  expect(readSceneInfo(text)).toMatchObject({ ok: false, message: expect.stringContaining(part) });
});
