// Its payment part alone: the whole package does not load, because a dependency of its login part was published empty.
import ServerRequest from 'node-easywechat/dist/Core/Http/ServerRequest.js';
import Pay from 'node-easywechat/dist/Pay/Application.js';
import { flat, refusedWith } from './seen.js';

/** Answers are not verified; it resolves with whatever came. Notices are, by its validator, then opened by its server. */
export function createSdk({ appid, mchid, v3Key, mode, own, theirs }) {
  const pay = new Pay({
    mch_id: mchid,
    private_key: own.key,
    certificate: own.certificate,
    secret_key: v3Key,
    // Without any it fetches the certificates by itself.
    ...(mode === 'public-key' && { platform_certs: { [theirs.publicKeyId]: theirs.publicKey } }),
    ...(mode === 'switching' && {
      platform_certs: { [theirs.serial]: theirs.certificate, [theirs.publicKeyId]: theirs.publicKey },
    }),
  });
  const client = pay.getClient();
  const get = (path, params = {}, more = {}) => client.get(path, { params, ...more });
  const post = (path, data) => client.post(path, { data });
  const number = ({ out_trade_no }) => encodeURIComponent(out_trade_no);

  const operations = {
    certificates: () => get('/v3/certificates'),
    order: ({ product, body }) => post(`/v3/pay/transactions/${product}`, JSON.parse(body)),
    query: (fields) => get(`/v3/pay/transactions/out-trade-no/${number(fields)}`, { mchid }),
    queryById: ({ transaction_id }) => get(`/v3/pay/transactions/id/${transaction_id}`, { mchid }),
    close: (fields) => post(`/v3/pay/transactions/out-trade-no/${number(fields)}/close`, { mchid }),
    refund: ({ body }) => post('/v3/refund/domestic/refunds', JSON.parse(body)),
    refundQuery: ({ out_refund_no }) => get(`/v3/refund/domestic/refunds/${out_refund_no}`),
    tradebill: (fields) => get('/v3/bill/tradebill', fields),
    fundflowbill: (fields) => get('/v3/bill/fundflowbill', fields),
    combine: ({ product, body }) => post(`/v3/combine-transactions/${product}`, JSON.parse(body)),
    combineQuery: (fields) => get(`/v3/combine-transactions/out-trade-no/${number(fields)}`),
    combineClose: ({ parts, ...fields }) =>
      post(`/v3/combine-transactions/out-trade-no/${number(fields)}/close`, {
        combine_appid: appid,
        sub_orders: JSON.parse(parts),
      }),
  };
  const download = async ({ download_url }) => {
    const { pathname, search } = new URL(download_url);
    const response = await get(`${pathname}${search}`, {}, { responseType: 'arraybuffer' });
    return { base64: Buffer.from(response.getContent()).toString('base64') };
  };
  const notice = async (fields) => {
    const request = new ServerRequest('POST', '/notify', JSON.parse(fields.headers), fields.body);
    await pay.getValidator().validate(request);
    const message = await pay.setRequest(request).getServer().getRequestMessage();
    return { serial: request.getHeader('wechatpay-serial'), ...message.toObject() };
  };
  return async (operation, fields) => {
    try {
      if (operation === 'notice') return flat(await notice(fields));
      if (operation === 'download') return await download(fields);
      const response = await operations[operation](fields);
      const answer = response.getStatusCode() === 204 ? {} : response.toObject();
      return response.getStatusCode() < 300 ? flat(answer) : refusedWith(answer, `status ${response.getStatusCode()}`);
    } catch (error) {
      return refusedWith(undefined, error.message);
    }
  };
}
