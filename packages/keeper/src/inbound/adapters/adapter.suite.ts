import { describe, expect, test } from 'vitest';
import { MCHID } from '../../core/testing/samples.ts';
import type { IncomingNotice, NoticeReply } from '../../notice.ts';
import { createInboundWorld, payNotice } from '../testing/inbound-world.ts';
import { payV3Notice, readerOf } from '../testing/v3-notices.ts';
import { NOTICE_BYTES_MAX, type NoticeRoute } from './notice-route.ts';

/** An application of a framework with the adapter in it, at the path `/notify`. */
export interface Served {
  readonly post: (
    body: Uint8Array,
    headers: Readonly<Record<string, string>>,
  ) => Promise<{ readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }>;
  /** What the framework would have logged as errors. */
  readonly errors: readonly string[];
  readonly close: () => Promise<void>;
}

/** How a framework serves the adapter. */
export interface AdapterPlace {
  /** As the documentation says, in an application that parses JSON elsewhere. */
  readonly serve: (route: NoticeRoute) => Promise<Served>;
  /** As users do by mistake: something has parsed the body before. */
  readonly serveParsed: (route: NoticeRoute) => Promise<Served>;
  /** A word of the remedy by which the developer of such an application knows what to do. */
  readonly remedy: string;
}

const REPLY: NoticeReply = {
  status: 503,
  headers: { 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'no-store' },
  body: '<xml><return_code><![CDATA[FAIL]]></return_code></xml>',
  verdict: 'busy',
};

const XML = { 'content-type': 'text/xml' };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A keeper that writes down what it is given. */
function createListener() {
  const notices: IncomingNotice[] = [];
  const route: NoticeRoute = {
    mchid: MCHID,
    keeper: {
      receiveNotice: (notice) => {
        notices.push(notice);
        return Promise.resolve(REPLY);
      },
    },
  };
  return { route, notices };
}

/** What every adapter does, in the real framework. */
export function describeAdapter(framework: string, { serve, serveParsed, remedy }: AdapterPlace): void {
  const withServed = async (
    start: (route: NoticeRoute) => Promise<Served>,
    route: NoticeRoute,
    story: (served: Served) => Promise<void>,
  ): Promise<void> => {
    const served = await start(route);
    try {
      await story(served);
    } finally {
      await served.close();
    }
  };

  describe(`notices in ${framework}`, () => {
    test('reach the keeper and pay the order', async () => {
      const world = await createInboundWorld();
      await withServed(serve, { mchid: MCHID, keeper: { receiveNotice: world.receive } }, async ({ post }) => {
        const answer = await post(payNotice().body, XML);
        expect(answer.status).toBe(200);
        expect(answer.body).toContain('<return_code><![CDATA[SUCCESS]]></return_code>');
        expect((await world.order()).state).toBe('paid');
      });
    });

    test('are answered with status, headers and body of the keeper and nothing around them', async () => {
      const { route } = createListener();
      await withServed(serve, route, async ({ post }) => {
        const answer = await post(bytes('<xml/>'), XML);
        expect(answer).toMatchObject({ status: 503, body: REPLY.body });
        expect(answer.headers).toMatchObject(REPLY.headers);
      });
    });

    test('of APIv3 reach the keeper with their headers, pay the order, and are answered by a status alone', async () => {
      const world = await createInboundWorld({ readers: ({ clock }) => ({ v3: readerOf(clock) }) });
      await withServed(serve, { mchid: MCHID, keeper: { receiveNotice: world.receive } }, async ({ post }) => {
        const { body, headers } = payV3Notice();
        expect(await post(body, headers)).toMatchObject({ status: 204, body: '' });
        expect((await world.order()).state).toBe('paid');
        const { 'wechatpay-nonce': _none, ...others } = headers;
        expect(await post(body, others)).toMatchObject({ status: 401, body: expect.stringContaining('"FAIL"') });
      });
    });

    test.each([
      'text/xml',
      'text/xml; charset=utf-8',
      'application/xml',
      'application/json',
      'application/octet-stream',
    ])('of type %s come byte for byte', async (contentType) => {
      const { route, notices } = createListener();
      await withServed(serve, route, async ({ post }) => {
        // JSON as nobody would print it again.
        const body = bytes('\r\n{"b":  "支付 \u{1f600}",\t"a":1.0 }\n');
        await post(body, { 'content-type': contentType, 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/x' });
        expect(notices).toHaveLength(1);
        expect(Buffer.from(notices[0]?.body ?? [])).toEqual(Buffer.from(body));
        expect(notices[0]).toMatchObject({
          mchid: MCHID,
          headers: { 'content-type': contentType, 'wechatpay-signature': 'WECHATPAY/SIGNTEST/x' },
        });
      });
    });

    test('without a body are given to the keeper as such', async () => {
      const { route, notices } = createListener();
      await withServed(serve, route, async ({ post }) => {
        await post(new Uint8Array(0), XML);
        expect(notices.map(({ body }) => body.length)).toEqual([0]);
      });
    });

    test('of the largest size are taken, and one byte more is refused', async () => {
      const { route, notices } = createListener();
      await withServed(serve, route, async ({ post }) => {
        expect((await post(new Uint8Array(NOTICE_BYTES_MAX), XML)).status).toBe(503);
        expect((await post(new Uint8Array(NOTICE_BYTES_MAX + 1), XML)).status).toBe(413);
        expect(notices.map(({ body }) => body.length)).toEqual([NOTICE_BYTES_MAX]);
      });
    });

    test('whose body was parsed before are answered 500, and one error says how to get the raw one', async () => {
      const { route, notices } = createListener();
      await withServed(serveParsed, route, async ({ post, errors }) => {
        expect((await post(bytes('<xml/>'), XML)).status).toBe(500);
        expect(notices).toEqual([]);
        expect(errors).toHaveLength(1);
        expect(errors[0]).toContain('raw body');
        expect(errors[0]).toContain(remedy);
      });
    });
  });
}
