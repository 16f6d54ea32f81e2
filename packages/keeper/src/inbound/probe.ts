import { PROBE_PREFIX } from '@orderkeeper/protocol';

/**
 * Whether a signature is one of those that WeChat Pay sends wrong on purpose; it takes an address out of service that
 * accepts one. They come in a header of APIv3, whatever protocol the address was given out for, and perhaps in the sign of
 * XML.
 */
export const isProbeSignature = (signature: string | undefined): boolean =>
  signature?.startsWith(PROBE_PREFIX) === true;
