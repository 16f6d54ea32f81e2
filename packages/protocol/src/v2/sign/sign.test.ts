import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseApiKey } from '../../values/secret.ts';
import { bytes, DEMO_KEY, fieldsOf, valueOf, vectorFields } from '../messages.suite.ts';
import { readXml } from '../xml/read-xml.ts';
import { signFields, type SignType } from './sign.ts';
import { stringToSign } from './string-to-sign.ts';

/** Three fields that all examples share, from the official one. */
const BASE = { appid: 'wxd930ea5d5a258f4f', mch_id: '10000100', nonce_str: 'ibuaiVcKdpRxkhJA' };
const HEAD = 'appid=wxd930ea5d5a258f4f';
const TAIL = 'mch_id=10000100&nonce_str=ibuaiVcKdpRxkhJA';

const DETAIL =
  '{"goods_detail":[{"goods_id":"iphone6s_16G","goods_name":"iPhone6s 16G & <A>","quantity":1,"price":528800}]}';

interface Example {
  readonly what: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly signed: string;
  readonly md5: string;
  readonly hmac: string;
}

/**
 * The first is the official worked example, MD5 and HMAC-SHA256 as published:
 * https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_3
 * The others were computed with Python's hashlib and hmac and again with OpenSSL, under the same key.
 */
const EXAMPLES: readonly Example[] = [
  {
    what: 'the official example',
    fields: { ...BASE, device_info: '1000', body: 'test' },
    signed: `${HEAD}&body=test&device_info=1000&${TAIL}`,
    md5: '9A0A8659F005D6984697E2CA0A9CF3B7',
    hmac: '6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6',
  },
  {
    what: 'Chinese text',
    fields: { ...BASE, body: '腾讯充值中心-QQ会员充值', attach: '深圳分店' },
    signed: `${HEAD}&attach=深圳分店&body=腾讯充值中心-QQ会员充值&${TAIL}`,
    md5: '421CEE7BD94C1576D6FD81811968AE3C',
    hmac: '06ED6743FABF35145DC4B1378D369707142C07424364EAB8F777295047D0D29F',
  },
  {
    what: 'values that XML has to escape',
    fields: { ...BASE, body: `a&b<c>"d"'e`, detail: DETAIL },
    signed: `${HEAD}&body=a&b<c>"d"'e&detail=${DETAIL}&${TAIL}`,
    md5: 'DD8CFE1769CC9FA8A194E4688F60764C',
    hmac: 'E446091A00DECE9B4B515841CBFD00516A83721FC7C34EBE039E1B06B7AD3273',
  },
  {
    what: 'empty fields, which are not signed',
    fields: { ...BASE, body: 'test', device_info: '', attach: '' },
    signed: `${HEAD}&body=test&${TAIL}`,
    md5: '9C5719D2CE48B8875101722D3A792434',
    hmac: 'B8F8CF02C8F8ED7AA3E829CDFB1C57AD5F0EF73408F726F48297962CE491B555',
  },
  {
    what: 'zeros, which are signed',
    fields: { ...BASE, body: 'test', total_fee: '0', coupon_refund_count: '0' },
    signed: `${HEAD}&body=test&coupon_refund_count=0&${TAIL}&total_fee=0`,
    md5: 'B70721B252F6D2C7C7479F099DD239A2',
    hmac: '227E2D9ABBCB75EE6B85768B7997FA65F200F6F0CCB4768CDB4CDC8B89B175A7',
  },
  {
    what: 'blanks at the end, which belong to the value',
    fields: { ...BASE, body: 'test  ' },
    signed: `${HEAD}&body=test  &${TAIL}`,
    md5: 'E58DF129D318C039DB3AB53FCC37D67F',
    hmac: '973F1232634E45C2689D3AD0FF076B3C4EFA94F641BEFC1ED5055268E7282ADB',
  },
  {
    what: 'the same without those blanks',
    fields: { ...BASE, body: 'test' },
    signed: `${HEAD}&body=test&${TAIL}`,
    md5: '9C5719D2CE48B8875101722D3A792434',
    hmac: 'B8F8CF02C8F8ED7AA3E829CDFB1C57AD5F0EF73408F726F48297962CE491B555',
  },
  {
    what: 'a value of blanks only, which is a value',
    fields: { ...BASE, body: 'test', attach: '  ' },
    signed: `${HEAD}&attach=  &body=test&${TAIL}`,
    md5: '3CEED37B162F1EBE3602B78CA88A7A22',
    hmac: '7892B1AE16E1FF2E167677087A9CA4CCBE8BB412E23B68BA1D338FC8C5E465A8',
  },
  {
    what: 'characters that addresses reserve',
    fields: { ...BASE, body: 'a=b+c%20d', attach: 'k1=v1&k2=v2' },
    signed: `${HEAD}&attach=k1=v1&k2=v2&body=a=b+c%20d&${TAIL}`,
    md5: '16C4EB8D6D07452F2E0BA5D63D12FB78',
    hmac: '612BCD60776C5DE7DD8A5CFB5472D5A5590AFFCC2EB30D6831C1812620AEDB5A',
  },
  {
    what: 'indexed names, where _10 comes before _2, and an unknown field',
    fields: {
      ...BASE,
      coupon_count: '3',
      coupon_fee: '110',
      coupon_fee_0: '10',
      coupon_fee_2: '70',
      coupon_fee_10: '30',
      zz_future_field: 'x',
    },
    signed: `${HEAD}&coupon_count=3&coupon_fee=110&coupon_fee_0=10&coupon_fee_10=30&coupon_fee_2=70&${TAIL}&zz_future_field=x`,
    md5: '82A2EFDDCD862B06ABB771E51439F83A',
    hmac: '43D06C3D5D5FF27EC72BD5DA56DD572CAD982E30EAC0012FE76FF57215347303',
  },
  {
    what: 'names in order of their codes: capitals, underscore, small letters',
    fields: { ...BASE, Zeta: '1', _under: '3', alpha: '2' },
    signed: `Zeta=1&_under=3&alpha=2&${HEAD}&${TAIL}`,
    md5: 'C392AD5AAACD9C818E04442F76EFDCB5',
    hmac: 'B9FD7C0A8DBAC2E8FD2D6722C43C4EE1C28B4EFA5399321F65A7AB7149A4BD60',
  },
];

test.each(EXAMPLES)('$what: the string, its MD5 and its HMAC-SHA256 are as computed by others', (example) => {
  const fields = fieldsOf(example.fields);
  expect(stringToSign(fields)).toBe(example.signed);
  expect(signFields(fields, DEMO_KEY, 'MD5')).toBe(example.md5);
  expect(signFields(fields, DEMO_KEY, 'HMAC-SHA256')).toBe(example.hmac);
});

test.each([
  ['MD5', '70F8C253014E47E9F694D8D88E287843'],
  ['HMAC-SHA256', '0BAEDC4470F317D77C13682D149637AB4A9FA09996EA7E859F474ACDD1A50710'],
] as const)('sign_type %s is signed like any other field', (signType, sign) => {
  expect(signFields(fieldsOf({ ...BASE, body: 'test', sign_type: signType }), DEMO_KEY, signType)).toBe(sign);
});

test('the official mini program example signs as published', () => {
  // https://pay.weixin.qq.com/wiki/doc/api/wxa/wxa_api.php?chapter=7_7
  const fields = fieldsOf({
    appId: 'wxd678efh567hg6787',
    nonceStr: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS',
    package: 'prepay_id=wx2017033010242291fcfe0db70013231072',
    signType: 'MD5',
    timeStamp: '1490840662',
  });
  const key = valueOf(parseApiKey('qazwsxedcrfvtgbyhnujmikolp111111'));
  expect(signFields(fields, key, 'MD5')).toBe('22D9B4E54AB1950F51E0649E8810ACD6');
});

// Computed with Python's hashlib and hmac.
test.each([
  [
    'unifiedorder-request',
    'C0465F60F8426E460267C454B26EBBB1',
    '8C1ADB9495161C9CC8B8947B4CB51721B6A5A23C130D29E1E967111D09DBA946',
  ],
  [
    'unifiedorder-jsapi',
    'DB5B305838FD41937B670DDDD4F0A344',
    '2F040135380538B7CF4B54EB437EC078CC881B7E6F040349AD32BCBFB56E9A38',
  ],
  [
    'unifiedorder-orderpaid',
    'F79AE401324F5FD45E7E3E777A85187D',
    '660223AD621CD9243A5690B973D1D3F8263035EACB91F83852FDB5C1C315F302',
  ],
])('the fields of %s sign as computed by others, their own sign left out', (name, md5, hmac) => {
  expect(signFields(vectorFields(name), DEMO_KEY, 'MD5')).toBe(md5);
  expect(signFields(vectorFields(name), DEMO_KEY, 'HMAC-SHA256')).toBe(hmac);
});

test.each([
  [
    'getsignkey',
    { mch_id: '10000100', nonce_str: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS' },
    'MD5',
    '663F5D1546FE61FA6E1E4502C475CF5A',
  ],
  [
    'downloadbill',
    {
      appid: 'wx2421b1c4370ec43b',
      bill_date: '20141110',
      bill_type: 'ALL',
      mch_id: '10000100',
      nonce_str: '21df7dc9cd8616b56919f20d9f679233',
    },
    'MD5',
    'EACED4DF2125661537FEA38B687AA24A',
  ],
  [
    'downloadfundflow',
    {
      account_type: 'Basic',
      appid: 'wx2421b1c4370ec43b',
      bill_date: '20141110',
      mch_id: '10000100',
      nonce_str: '21df7dc9cd8616b56919f20d9f679233',
      sign_type: 'HMAC-SHA256',
    },
    'HMAC-SHA256',
    'BFF0CE7DA627C3327F16A07D5225D879B2CA80F67B8789B65A1CCB405D8E7A93',
  ],
] as const)('a request of %s signs as computed by others', (_, fields, signType, sign) => {
  expect(signFields(fieldsOf(fields), DEMO_KEY, signType)).toBe(sign);
});

test.each([
  `<body><![CDATA[a&b<c>"d"'e]]></body>`,
  '<body>a&amp;b&lt;c&gt;&quot;d&quot;&apos;e</body>',
  `<body>a&#38;b<![CDATA[<c>]]>"d"&#x27;e</body>`,
])('how a value was escaped does not change the sign: %s', (element) => {
  const plain = { ...BASE, detail: DETAIL };
  const rest = Object.entries(plain).map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`);
  const fields = valueOf(readXml(bytes(`<xml>${element}${rest.join('')}</xml>`)));
  expect(signFields(fields, DEMO_KEY, 'MD5')).toBe('DD8CFE1769CC9FA8A194E4688F60764C');
});

test('without a field only the key is signed', () => {
  // printf 'key=192006250b4c09247ec02edce69f6a2d' | md5sum
  expect(signFields(fieldsOf({ sign: 'x', attach: '' }), DEMO_KEY, 'MD5')).toBe('1526FD440C2A8E68F74374B33E8BDF73');
});

const FIELDS = fc.dictionary(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,10}$/), fc.string({ maxLength: 20 }));
const SIGN_TYPE = fc.constantFrom<SignType>('MD5', 'HMAC-SHA256');

test('the order of the fields never matters, nor do empty ones or a sign among them', () => {
  const shuffled = FIELDS.chain((object) => {
    const fields = new Map(Object.entries(object));
    fields.delete('sign');
    const noisy = new Map([['sign', 'anything'], ['not_filled', ''], ...fields]);
    return fc.tuple(fc.constant(fields), fc.shuffledSubarray([...noisy], { minLength: noisy.size }));
  });
  fc.assert(
    fc.property(shuffled, SIGN_TYPE, ([fields, pairs], signType) => {
      expect(signFields(new Map(pairs), DEMO_KEY, signType)).toBe(signFields(fields, DEMO_KEY, signType));
    }),
  );
});

test('the string to sign never contains the key', () => {
  fc.assert(
    fc.property(FIELDS, (fields) => {
      expect(stringToSign(fieldsOf(fields))).not.toContain(DEMO_KEY.reveal());
    }),
  );
});
