import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { has, refused } from './expect.js';

/** Amounts in fen. */
const TOTAL = 1000;
const PART = 300;
const TOO_MUCH = 900;
const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
const ID = /^[0-9]{28}$/;

/**
 * What every peer of APIv3 is led through, in order, in one key mode, and what WeChat Pay would show it. A step is a call
 * of the SDK, a notice that the SDK is given, something that happens at WeChat Pay (`control`), or the next day.
 */
export function storyOf(index, { peer, credentials, address }) {
  const name = (part) => `V3-${index}-${part}`;
  const world = { ...credentials, mode: peer.mode, name, address };
  return [
    { name: 'failed notices again soon', control: () => ['PUT', 'settings', { noticeTimeScale: 0.001 }] },
    ...certificates(world),
    ...placing(world),
    ...paying(world),
    ...refunding(world),
    ...closing(world),
    ...combined(world),
    ...mistakes(world),
    ...spoiltAnswers(world, peer.checks),
    ...spoiltNotices(world, peer.checks.notices),
    ...(peer.clock === 'settable' ? bills(world) : []),
  ];
}

const certificates = ({ mode, platform }) => [
  {
    name: 'certificates',
    call: ['certificates'],
    expect: (seen) =>
      mode === 'public-key'
        ? refused(seen, /^RESOURCE_NOT_EXISTS$|拉取平台证书失败/)
        : has(seen, { 'data.0.serial_no': platform.serial }),
  },
];

const order = ({ appid, mchid, address }, number, more = {}) =>
  JSON.stringify({
    appid,
    mchid,
    description: '测试商品 & more',
    out_trade_no: number,
    notify_url: address(number),
    amount: { total: TOTAL, currency: 'CNY' },
    ...more,
  });

const PREPAID = { prepay_id: /^(?:prepay_id=)?wx/ };
const H5_SCENE = { payer_client_ip: '127.0.0.1', h5_info: { type: 'Wap' } };
const CODE_URL = { code_url: /^weixin:\/\/wxpay\/bizpayurl/ };
const PRODUCTS = [
  { product: 'native', more: {}, wanted: CODE_URL },
  { product: 'h5', more: { scene_info: H5_SCENE }, wanted: { h5_url: /^https:\/\/wx\.tenpay/ } },
  { product: 'jsapi', more: { payer: { openid: OPENID } }, wanted: PREPAID },
  { product: 'app', more: {}, wanted: PREPAID },
];

/** Some SDKs go on to make the parameters of the cashier out of the prepay_id. */
const placedBy = (seen, wanted) => has({ ...seen, prepay_id: seen.prepay_id ?? seen.prepayid ?? seen.package }, wanted);

const placing = (world) => [
  ...PRODUCTS.map(({ product, more, wanted }) => ({
    name: `place by ${product}`,
    call: ['order', { product, body: order(world, world.name(product.toUpperCase()), more) }],
    expect: (seen) => placedBy(seen, wanted),
  })),
  {
    name: 'place again',
    call: ['order', { product: 'native', body: order(world, world.name('NATIVE')) }],
    expect: (seen, earlier) =>
      seen.code_url === earlier['place by native'].code_url ? 'the code_url is the old one' : placedBy(seen, CODE_URL),
  },
  {
    name: 'place again, changed',
    call: ['order', { product: 'native', body: order(world, world.name('NATIVE'), { attach: 'x' }) }],
    expect: (seen) => refused(seen, /^OUT_TRADE_NO_USED$/),
  },
];

/** Which key has signed a notice. */
const signer = ({ mode, platform }, share) =>
  mode === 'certificate' || (mode === 'switching' && share === 0) ? platform.serial : platform.publicKeyId;

const pay = (world, number, share = 1) => [
  { name: `the payer pays ${number}`, control: () => ['POST', `attempts/${encodeURIComponent(number)}/pay`] },
  {
    name: `notice of ${number}`,
    notice: number,
    expect: (seen) =>
      has(seen, {
        serial: signer(world, share),
        out_trade_no: number,
        trade_state: 'SUCCESS',
        'amount.total': String(TOTAL),
        transaction_id: ID,
      }),
  },
];

const share = (publicKeyNoticeShare) => ({
  name: `notices by the public key: ${publicKeyNoticeShare}`,
  control: () => ['PUT', 'settings', { publicKeyNoticeShare }],
});

const paying = (world) => {
  const [number, other] = [world.name('NATIVE'), world.name('H5')];
  return [
    {
      name: 'query: unpaid',
      call: ['query', { out_trade_no: number }],
      expect: (seen) => has(seen, { trade_state: 'NOTPAY' }),
    },
    share(1),
    ...pay(world, number),
    share(0),
    ...pay(world, other, 0),
    {
      name: 'query: paid',
      call: ['query', { out_trade_no: number }],
      expect: (seen) =>
        has(seen, { trade_state: 'SUCCESS', 'amount.total': String(TOTAL), transaction_id: ID, trade_type: 'NATIVE' }),
    },
    {
      name: 'query by id',
      call: ['queryById', (earlier) => ({ transaction_id: earlier['query: paid'].transaction_id })],
      expect: (seen) => has(seen, { trade_state: 'SUCCESS', out_trade_no: number }),
    },
  ];
};

const refund = ({ name, address }, part, fen) => ({
  body: JSON.stringify({
    out_trade_no: name('NATIVE'),
    out_refund_no: name(part),
    notify_url: address(name(part)),
    amount: { refund: fen, total: TOTAL, currency: 'CNY' },
  }),
});

const refunding = (world) => {
  const number = world.name('REFUND');
  const accepted = { out_refund_no: number, refund_id: /^50[0-9]{27}$/, 'amount.refund': String(PART) };
  return [
    {
      name: 'refund',
      call: ['refund', refund(world, 'REFUND', PART)],
      expect: (seen) => has(seen, { ...accepted, status: 'PROCESSING' }),
    },
    {
      name: 'refund repeated',
      call: ['refund', refund(world, 'REFUND', PART)],
      expect: (seen, earlier) => has(seen, { ...accepted, refund_id: earlier.refund.refund_id }),
    },
    { name: 'the refund succeeds', control: () => ['POST', `refunds/${number}/succeed`], mayBeDone: true },
    {
      name: 'notice of the refund',
      notice: number,
      expect: (seen) => has(seen, { out_refund_no: number, refund_status: 'SUCCESS', 'amount.refund': String(PART) }),
    },
    {
      name: 'query refund',
      call: ['refundQuery', { out_refund_no: number }],
      expect: (seen) => has(seen, { ...accepted, status: 'SUCCESS' }),
    },
    {
      name: 'query: refunded',
      call: ['query', { out_trade_no: world.name('NATIVE') }],
      expect: (seen) => has(seen, { trade_state: 'REFUND' }),
    },
    {
      name: 'refund too large',
      call: ['refund', refund(world, 'REFUND2', TOO_MUCH)],
      expect: (seen) => refused(seen, /^INVALID_REQUEST$/),
    },
  ];
};

const closing = ({ name }) => [
  {
    name: 'close a paid order',
    call: ['close', { out_trade_no: name('NATIVE') }],
    expect: (seen) => refused(seen, /^ORDER_PAID$/),
  },
  ...['close', 'close again'].map((step) => ({
    name: step,
    call: ['close', { out_trade_no: name('JSAPI') }],
    expect: (seen) => (seen.refused === undefined ? undefined : `refused with ${seen.refused}`),
  })),
  {
    name: 'query: closed',
    call: ['query', { out_trade_no: name('JSAPI') }],
    expect: (seen) => has(seen, { trade_state: 'CLOSED' }),
  },
];

const combineBody = ({ appid, mchid, name, address }, whole) => {
  const part = (letter, fen) => ({
    mchid,
    attach: letter,
    amount: { total_amount: fen, currency: 'CNY' },
    out_trade_no: name(`${whole}${letter}`),
    description: '测试商品',
  });
  const body = {
    combine_appid: appid,
    combine_mchid: mchid,
    combine_out_trade_no: name(whole),
    sub_orders: [part('A', 100), part('B', 200)],
    notify_url: address(name(whole)),
  };
  return { product: 'native', body: JSON.stringify(body) };
};

const combined = (world) => {
  const { mchid, name } = world;
  const state = (value) => (seen) =>
    has(seen, {
      'sub_orders.0.trade_state': value,
      'sub_orders.1.trade_state': value,
      'sub_orders.1.amount.total_amount': '200',
    });
  const whole = { out_trade_no: name('WHOLE') };
  const parts = JSON.stringify(['A', 'B'].map((letter) => ({ mchid, out_trade_no: name(`GONE${letter}`) })));
  return [
    {
      name: 'combined: place',
      call: ['combine', combineBody(world, 'WHOLE')],
      expect: (seen) => placedBy(seen, CODE_URL),
    },
    { name: 'combined: unpaid', call: ['combineQuery', whole], expect: state('NOTPAY') },
    { name: 'the payer pays both', control: () => ['POST', `attempts/${name('WHOLE')}/pay`] },
    { name: 'combined: notice', notice: name('WHOLE'), expect: state('SUCCESS') },
    { name: 'combined: paid', call: ['combineQuery', whole], expect: state('SUCCESS') },
    {
      name: 'combined: another',
      call: ['combine', combineBody(world, 'GONE')],
      expect: (seen) => placedBy(seen, CODE_URL),
    },
    {
      name: 'combined: close',
      call: ['combineClose', { out_trade_no: name('GONE'), parts }],
      expect: (seen) => (seen.refused === undefined ? undefined : `refused with ${seen.refused}`),
    },
    { name: 'combined: closed', call: ['combineQuery', { out_trade_no: name('GONE') }], expect: state('CLOSED') },
    {
      name: 'combined: unknown',
      call: ['combineQuery', { out_trade_no: name('NOBODY') }],
      expect: (seen) => refused(seen, /^ORDERNOTEXIST$/),
    },
  ];
};

const mistakes = (world) => [
  {
    name: 'an unknown number',
    call: ['query', { out_trade_no: world.name('NOBODY') }],
    expect: (seen) => refused(seen, /^ORDER_NOT_EXIST$/),
  },
  {
    name: 'a number with | and *',
    call: ['order', { product: 'app', body: order(world, world.name('A|B*C')) }],
    expect: (seen) => placedBy(seen, PREPAID),
  },
  {
    name: 'and its query',
    call: ['query', { out_trade_no: world.name('A|B*C') }],
    expect: (seen) => has(seen, { trade_state: 'NOTPAY' }),
  },
  {
    name: 'an amount that is no integer',
    call: ['order', { product: 'app', body: order(world, world.name('HALF'), { amount: { total: 0.5 } }) }],
    expect: (seen) => refused(seen, /^PARAM_ERROR$/),
  },
  {
    name: 'a wrong private key',
    who: 'stranger',
    call: ['query', { out_trade_no: world.name('APP') }],
    expect: (seen) => refused(seen, /^SIGN_ERROR$/),
  },
];

/** An SDK that verifies answers takes none of these. */
const spoiltAnswers = ({ name }, { answers, reason }) =>
  answers.flatMap((fault) => [
    {
      name: `order ${fault}`,
      control: () => ['POST', 'faults', { fault, when: 'after', outTradeNo: name('APP'), times: 1 }],
    },
    {
      name: `answer: ${fault}`,
      call: ['query', { out_trade_no: name('APP') }],
      expect: (seen) => refused(seen, reason),
    },
  ]);

/** An SDK that verifies notices takes none of these, and the true one that follows. */
const spoiltNotices = (world, faults) =>
  faults.flatMap((fault, index) => {
    const number = world.name(`SPOILT${index}`);
    return [
      {
        name: `place for ${fault}`,
        call: ['order', { product: 'native', body: order(world, number) }],
        expect: () => undefined,
      },
      { name: `order ${fault}`, control: () => ['POST', 'faults', { fault, outTradeNo: number, times: 1 }] },
      { name: `pay for ${fault}`, control: () => ['POST', `attempts/${number}/pay`] },
      { name: fault, notice: number, expect: (seen) => (seen.refused === undefined ? 'taken for true' : undefined) },
      {
        name: `true after ${fault}`,
        notice: number,
        expect: (seen) => has(seen, { out_trade_no: number, trade_state: 'SUCCESS' }),
      },
    ];
  });

const bills = ({ name }) => {
  const day = (earlier) => ({ bill_date: earlier['the next day at ten'].yesterday });
  const download = (of) => ({ download_url: of.download_url });
  const check = (kind, content) => (seen, earlier) => {
    const bytes = Buffer.from(seen.base64 ?? '', 'base64');
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const text = isPacked ? gunzipSync(bytes) : bytes;
    const hash = createHash('sha1').update(text).digest('hex');
    if (hash !== earlier[kind].hash_value)
      return `the hash is ${hash}, not ${earlier[kind].hash_value} (${seen.refused ?? ''})`;
    return content.test(text.toString('utf8')) ? undefined : `no ${content.source} in it`;
  };
  const bill = (kind, operation, more, content) => [
    {
      name: kind,
      call: [operation, (earlier) => ({ ...day(earlier), ...more })],
      expect: (seen) => has(seen, { hash_type: 'SHA1', download_url: /^https:\/\/api\.mch\.weixin\.qq\.com\/v3\// }),
    },
    { name: `${kind}: file`, call: ['download', (earlier) => download(earlier[kind])], expect: check(kind, content) },
  ];
  return [
    { name: 'the next day at ten', nextDay: true },
    ...bill('trade bill', 'tradebill', { bill_type: 'ALL' }, new RegExp(name('NATIVE'))),
    ...bill('fund bill', 'fundflowbill', { account_type: 'BASIC' }, /收入/),
    ...bill('trade bill, packed', 'tradebill', { bill_type: 'ALL', tar_type: 'GZIP' }, new RegExp(name('H5'))),
  ];
};
