import { type Merchant, parseMerchant } from '@orderkeeper/client';
import type { KeeperMerchant } from '@orderkeeper/keeper';
import type { Result } from '@orderkeeper/protocol';

/** The value of a result that cannot fail here. */
export function given<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** The shop of these worlds; everything about it is invented. */
export const ACCOUNT = {
  mchid: '1900000109',
  appid: 'wxd678efh567hg6787',
  appSecret: 'secret-of-scenarios',
  v2Key: '192006250b4c09247ec02edce69f6a2d',
  v3Key: '0123456789abcdef0123456789abcdef',
};

/** Its certificate, made once with openssl; the key is the business of TLS, which these worlds do without. */
const CERTIFICATE_PEM = `-----BEGIN CERTIFICATE-----
MIIBnjCCAUWgAwIBAgIUQFHqUUSsnEE74VH+GXo2CLIxZ+EwCgYIKoZIzj0EAwIw
JDENMAsGA1UECgwEVGVzdDETMBEGA1UEAwwKMTkwMDAwMDEwOTAgFw0yNjExMjQx
NjI0MTVaGA8yMTI2MTAzMTE2MjQxNVowJDENMAsGA1UECgwEVGVzdDETMBEGA1UE
AwwKMTkwMDAwMDEwOTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBhdsfuB7cRo
3fxb1Bcx1h8drqi8lETetZq6wlMdJrsadvMWh8C0m4fAQdl8keXPFIBPtBNxWcEg
aUEorYcDGzyjUzBRMB0GA1UdDgQWBBTkoRysm33P9+X9CvLp9pMlVKsQBzAfBgNV
HSMEGDAWgBTkoRysm33P9+X9CvLp9pMlVKsQBzAPBgNVHRMBAf8EBTADAQH/MAoG
CCqGSM49BAMCA0cAMEQCIGCwXU4SYTCWOQARGUeIyHnte9TqPyh2Y6C6zRXnPy1c
AiBDDpxEy/mfp2naRHK2F3ppvMKNUw0jMMYZQbJxR3KLBw==
-----END CERTIFICATE-----
`;

/** The shop as the client knows it. */
export const MERCHANT: Merchant = given(
  parseMerchant(
    { appid: ACCOUNT.appid, mchid: ACCOUNT.mchid, apiKey: ACCOUNT.v2Key },
    { identity: { certificatePem: CERTIFICATE_PEM } },
  ),
);

/** The shop as the keeper knows it. Loopback, so that the simulator sends there; no socket is ever opened. */
export const KEPT: KeeperMerchant = {
  speaks: { v2: MERCHANT },
  notifyUrl: `http://127.0.0.1:9/notify/${ACCOUNT.mchid}`,
};
