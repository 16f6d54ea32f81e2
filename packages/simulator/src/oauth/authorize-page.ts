import type { HttpResponse } from '@orderkeeper/ports';
import type { World } from '../world.ts';
import type { OauthBook, Scope } from './oauth-book.ts';

/** Who visits when the link does not say. */
const SOMEBODY = 'somebody';

/**
 * The page that sends a visitor back with a code. It has no person to ask, so two parameters of our own stand for one:
 * `simulator_visitor` names the person (default: always the same one), `simulator_consent=refused` says no.
 */
export function authorizePage(world: World, book: OauthBook, query: URLSearchParams): HttpResponse {
  const appid = query.get('appid') ?? '';
  const isKnown = [...world.merchants.values()].some(({ appids }) => appids.has(appid));
  const scope = scopeOf(query.get('scope') ?? '');
  const target = targetOf(query.get('redirect_uri') ?? '');
  if (!isKnown || scope === undefined || query.get('response_type') !== 'code')
    return page('Scope 参数错误或没有 Scope 权限');
  if (target === undefined) return page('redirect_uri域名与后台配置不一致，错误码：10003');
  if (query.get('simulator_consent') !== 'refused') {
    target.searchParams.set('code', book.issueCode(appid, query.get('simulator_visitor') ?? SOMEBODY, 'page', scope));
  }
  target.searchParams.set('state', query.get('state') ?? '');
  return { status: 302, headers: { location: target.href }, body: new Uint8Array() };
}

function scopeOf(text: string): Scope | undefined {
  return text === 'snsapi_base' || text === 'snsapi_userinfo' ? text : undefined;
}

/** The real page takes registered hosts without a port only; here every address of the web will do. */
function targetOf(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}

const page = (text: string): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: new TextEncoder().encode(`<!doctype html><meta charset="utf-8"><title>${text}</title><p>${text}</p>\n`),
});
