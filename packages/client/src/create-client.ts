import { createPlacements } from './core/placements.ts';
import { createHostSwitch } from './host-switch.ts';
import { OAUTH_HOSTS } from './hosts.ts';
import { createLine, type LineSettings } from './line.ts';
import type { Merchant } from './merchant.ts';
import { createOauth, type Oauth } from './oauth/oauth.ts';
import { authCodeToOpenid } from './v2/auth-code-to-openid.ts';
import { call } from './v2/call.ts';
import { closeOrder } from './v2/close-order.ts';
import { downloadBill } from './v2/download-bill.ts';
import { downloadFundFlow } from './v2/download-fund-flow.ts';
import { getSignKey } from './v2/get-sign-key.ts';
import { micropay } from './v2/micropay.ts';
import { orderQuery } from './v2/order-query.ts';
import { refund } from './v2/refund.ts';
import { refundQuery } from './v2/refund-query.ts';
import { refundQueryV2 } from './v2/refund-query-v2.ts';
import { refundV2 } from './v2/refund-v2.ts';
import { report } from './v2/report.ts';
import { reverse } from './v2/reverse.ts';
import { shortUrl } from './v2/short-url.ts';
import { unifiedOrder } from './v2/unified-order.ts';

/** Settings of {@link createClient}. */
export interface ClientSettings extends LineSettings {
  readonly merchant: Merchant;
}

/** A merchant's calls, named after WeChat Pay's operations. Each ends in an `Outcome`; none rejects its promise. */
export interface Client {
  readonly unifiedOrder: ReturnType<typeof unifiedOrder>;
  readonly orderQuery: ReturnType<typeof orderQuery>;
  readonly closeOrder: ReturnType<typeof closeOrder>;
  readonly micropay: ReturnType<typeof micropay>;
  readonly reverse: ReturnType<typeof reverse>;
  readonly refund: ReturnType<typeof refund>;
  readonly refundV2: ReturnType<typeof refundV2>;
  readonly refundQuery: ReturnType<typeof refundQuery>;
  readonly refundQueryV2: ReturnType<typeof refundQueryV2>;
  readonly downloadBill: ReturnType<typeof downloadBill>;
  readonly downloadFundFlow: ReturnType<typeof downloadFundFlow>;
  readonly authCodeToOpenid: ReturnType<typeof authCodeToOpenid>;
  readonly shortUrl: ReturnType<typeof shortUrl>;
  readonly report: ReturnType<typeof report>;
  readonly getSignKey: ReturnType<typeof getSignKey>;
  readonly call: ReturnType<typeof call>;
  readonly oauth: Oauth;
}

/** Creates the calls of one merchant. Several merchants are several clients; they share only what is passed in. */
export function createClient(settings: ClientSettings): Client {
  const sender = createLine(settings.merchant, settings);
  const placements = createPlacements();
  return {
    unifiedOrder: unifiedOrder(sender, placements),
    orderQuery: orderQuery(sender),
    closeOrder: closeOrder(sender, placements),
    micropay: micropay(sender),
    reverse: reverse(sender),
    refund: refund(sender),
    refundV2: refundV2(sender),
    refundQuery: refundQuery(sender),
    refundQueryV2: refundQueryV2(sender),
    downloadBill: downloadBill(sender),
    downloadFundFlow: downloadFundFlow(sender),
    authCodeToOpenid: authCodeToOpenid(sender),
    shortUrl: shortUrl(sender),
    report: report(sender),
    getSignKey: getSignKey(sender),
    call: call(sender),
    oauth: createOauth({ ...sender, hosts: createHostSwitch(settings.oauthHosts ?? OAUTH_HOSTS) }),
  };
}
