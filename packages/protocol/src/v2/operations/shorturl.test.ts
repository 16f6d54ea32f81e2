import { expect, test } from 'vitest';
import { fieldsOf, valueOf } from '../messages.suite.ts';
import { shorturl } from './shorturl.ts';

const LINK =
  'weixin://wxpay/bizpayurl?sign=83E0D37BC674768E08A949CE66495FC7&appid=wx2421b1c4370ec43b&mch_id=10000100' +
  '&product_id=88888&time_stamp=1415949957&nonce_str=5K8264ILTKCH16CQ2502SI8ZNMTM67VS';

test('a link of mode 1 is sent as it is, which decoding would not change', () => {
  expect(valueOf(shorturl.printRequest({ longUrl: LINK }))).toEqual(fieldsOf({ long_url: LINK }));
  expect(decodeURIComponent(LINK)).toBe(LINK);
});

test.each(['%20', '+'])('a link with %s is refused, because decoding would change what was signed', (encoded) => {
  expect(shorturl.printRequest({ longUrl: `${LINK}${encoded}` })).toMatchObject({
    ok: false,
    message: expect.stringContaining('long_url'),
  });
});

test('the short link is read from the answer', () => {
  expect(valueOf(shorturl.readAnswer(fieldsOf({ short_url: 'weixin://wxpay/s/XXXXXX' })))).toEqual({
    shortUrl: 'weixin://wxpay/s/XXXXXX',
  });
});
