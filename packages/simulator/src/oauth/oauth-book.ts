import { hash } from 'node:crypto';
import { failure, ok, type Result } from '@orderkeeper/protocol';
import type { World } from '../world.ts';

/** A code of page authorization or mini program login is good for one use within five minutes. */
export const CODE_MS = 5 * 60 * 1000;
/** A page's access token is good for two hours. */
export const ACCESS_MS = 2 * 60 * 60 * 1000;
/** Its refresh token is good for thirty days. */
export const REFRESH_MS = 30 * 24 * 60 * 60 * 1000;

/** How much a page may know of its visitor. */
export type Scope = 'snsapi_base' | 'snsapi_userinfo';

/** A visitor as one appid knows them. */
export interface Visit {
  readonly appid: string;
  readonly openid: string;
  readonly unionid: string;
  readonly scope: Scope;
}

/** A visit with its tokens. */
export interface Grant extends Visit {
  readonly accessToken: string;
  readonly accessEndsAtMs: number;
  readonly refreshToken: string;
  readonly refreshEndsAtMs: number;
}

interface IssuedCode extends Visit {
  readonly atMs: number;
  readonly use: 'page' | 'mini-program';
}

/** Codes and tokens that were handed out. */
export interface OauthBook {
  /** Gives out a code for a visitor; the same name is the same person every time. */
  readonly issueCode: (appid: string, visitor: string, use: 'page' | 'mini-program', scope?: Scope) => string;
  /** Uses up a code. */
  readonly redeem: (appid: string, code: string, use: 'page' | 'mini-program') => Result<Visit, 'unknown' | 'used'>;
  readonly grant: (visit: Visit) => Grant;
  /** A new life for a token: one that is not over keeps its value. */
  readonly refresh: (appid: string, refreshToken: string) => Grant | undefined;
  readonly grantOf: (accessToken: string) => Grant | undefined;
}

/** The payer behind a name, as one appid knows them. */
const openidOf = (appid: string, visitor: string): string =>
  `o${hash('sha256', `${appid} visitor ${visitor}`, 'base64url').slice(0, 27)}`;

/** Creates an empty book on the clock of `world`. Openids handed out are remembered there with their appid. */
export function createOauthBook(world: World): OauthBook {
  const codes = new Map<string, IssuedCode>();
  const usedCodes = new Set<string>();
  const grantsByAccess = new Map<string, Grant>();
  const grantsByRefresh = new Map<string, Grant>();
  const { ids, clock } = world;

  const keep = (grant: Grant): Grant => {
    grantsByAccess.set(grant.accessToken, grant);
    grantsByRefresh.set(grant.refreshToken, grant);
    return grant;
  };
  return {
    issueCode: (appid, visitor, use, scope = 'snsapi_base') => {
      const code = ids.token(32);
      const openid = openidOf(appid, visitor);
      world.openids.set(openid, appid);
      codes.set(code, { appid, openid, unionid: openidOf('unionid', visitor), scope, atMs: clock.nowMs(), use });
      return code;
    },
    redeem: (appid, code, use) => {
      if (usedCodes.has(code)) return failure('used', 'the code was used before');
      const issued = codes.get(code);
      if (
        issued === undefined ||
        issued.appid !== appid ||
        issued.use !== use ||
        clock.nowMs() - issued.atMs > CODE_MS
      ) {
        return failure('unknown', 'no such code, or it is older than five minutes, or it belongs to another appid');
      }
      codes.delete(code);
      usedCodes.add(code);
      return ok(issued);
    },
    grant: (visit) =>
      keep({
        ...visit,
        accessToken: ids.token(64),
        accessEndsAtMs: clock.nowMs() + ACCESS_MS,
        refreshToken: ids.token(64),
        refreshEndsAtMs: clock.nowMs() + REFRESH_MS,
      }),
    refresh: (appid, refreshToken) => {
      const grant = grantsByRefresh.get(refreshToken);
      const nowMs = clock.nowMs();
      if (grant === undefined || grant.appid !== appid || nowMs > grant.refreshEndsAtMs) return undefined;
      const accessToken = nowMs > grant.accessEndsAtMs ? ids.token(64) : grant.accessToken;
      return keep({ ...grant, accessToken, accessEndsAtMs: nowMs + ACCESS_MS });
    },
    grantOf: (accessToken) => grantsByAccess.get(accessToken),
  };
}
