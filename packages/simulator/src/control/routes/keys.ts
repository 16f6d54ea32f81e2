import { z } from 'zod';
import type { PlatformKeys } from '../../v3/keys/platform-keys.ts';
import type { World } from '../../world.ts';
import { defineBodyRoute, defineRoute, json, refuse, type Reply, type Route } from '../route.ts';

const modeBody = z.strictObject({
  mode: z.enum(['certificate', 'public-key', 'switching']),
  mchid: z.string().optional().describe('without it: every merchant'),
});

const noBody = z.strictObject({});

function view({ v3, merchants }: World, keys: PlatformKeys): Reply {
  const certificates = keys.certificates().map(({ serial, certificatePem, effectiveAtMs, expiresAtMs }) => ({
    serial,
    effectiveAtMs,
    expiresAtMs,
    certificatePem,
  }));
  const publicKey = keys.keyOf(keys.publicKeyId)?.publicKey.export({ type: 'spki', format: 'pem' });
  const modes = [...merchants.values()]
    .filter((merchant) => merchant.v3 !== undefined && v3.keys !== undefined)
    .map(({ mchid }) => ({ mchid, mode: keys.modeOf(mchid) }));
  return json({ publicKeyId: keys.publicKeyId, publicKey, certificates, merchants: modes });
}

const NO_KEYS = refuse({
  status: 409,
  code: 'no-platform-keys',
  detail: 'this simulator was created without the option platform, so it has no keys for APIv3',
});

/** The keys that sign answers and notices of APIv3. */
export const KEY_ROUTES: readonly Route[] = [
  defineRoute(
    { method: 'GET', path: '/keys', about: 'the keys of APIv3, and the key mode of each merchant' },
    (_, { world }) => (world.v3.keys === undefined ? NO_KEYS : view(world, world.v3.keys)),
  ),
  defineBodyRoute(
    {
      method: 'PUT',
      path: '/keys/mode',
      about: 'sets the key mode: certificate, public-key, or switching between them',
      body: modeBody,
      fields: Object.keys(modeBody.shape),
    },
    (_, { mode, mchid }, { world }) => {
      const { keys } = world.v3;
      if (keys === undefined) return NO_KEYS;
      if (mchid !== undefined && !world.merchants.has(mchid)) {
        const detail = `no merchant has the number ${mchid}`;
        const allowed = [...world.merchants.keys()];
        return refuse({ status: 404, code: 'no-such-merchant', field: 'mchid', detail, allowed });
      }
      keys.setMode(mode, mchid);
      return view(world, keys);
    },
  ),
  defineBodyRoute(
    {
      method: 'POST',
      path: '/keys/rotate',
      about:
        'issues a new platform certificate beside the old one; the setting newCertificateShare says how often it signs',
      body: noBody,
      fields: [],
    },
    async (_, _body, { world, issuePlatform }) => {
      const { keys } = world.v3;
      if (keys === undefined || issuePlatform === undefined) return NO_KEYS;
      keys.rotate(await issuePlatform());
      return view(world, keys);
    },
  ),
  defineBodyRoute(
    {
      method: 'POST',
      path: '/keys/retire',
      about: 'takes away every platform certificate but the newest',
      body: noBody,
      fields: [],
    },
    (_, _body, { world }) => {
      const { keys } = world.v3;
      if (keys === undefined) return NO_KEYS;
      keys.retire();
      return view(world, keys);
    },
  ),
];
