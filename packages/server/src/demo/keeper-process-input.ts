import { z } from 'zod';

/** What a process needs to work as a keeper; it arrives as JSON on its standard input. */
export const keeperProcessInput = z.object({
  storePath: z.string(),
  notifyUrl: z.string(),
  /** Base address of WeChat Pay. */
  host: z.string(),
  /** The instant to go on from, UTC milliseconds. */
  nowMs: z.number(),
  protocol: z.enum(['v2', 'v3']),
  merchant: z.object({
    appid: z.string(),
    mchid: z.string(),
    v2Key: z.string(),
    v3Key: z.string(),
    certificatePem: z.string(),
    privateKeyPem: z.string(),
    publicKeyId: z.string(),
    publicKeyPem: z.string(),
  }),
  /** Who vouches for WeChat Pay's certificate. */
  authorityPem: z.string(),
});

/** See {@link keeperProcessInput}. */
export type KeeperProcessInput = z.infer<typeof keeperProcessInput>;
