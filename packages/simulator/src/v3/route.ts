import type { World } from '../world.ts';
import type { V3Operation } from './operation.ts';
import { V3_OPERATIONS } from './operations/all.ts';

/** Where a path of APIv3 leads. */
export type V3Route =
  | { readonly kind: 'found'; readonly operation: V3Operation; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'other-method' }
  | { readonly kind: 'unknown' };

/** Finds the operation behind a method and a path. */
export function routeV3(method: string, pathname: string, { switches }: World): V3Route {
  let end: V3Route = { kind: 'unknown' };
  for (const operation of V3_OPERATIONS) {
    if (operation.name.startsWith('v3/codepay') && switches.v3Codepay === '404') continue;
    const params = matchPath(operation.path, pathname);
    if (params === undefined) continue;
    if (operation.method === method) return { kind: 'found', operation, params };
    end = { kind: 'other-method' };
  }
  return end;
}

function matchPath(pattern: string, pathname: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const found = pathname.split('/');
  if (wanted.length !== found.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = found[index] ?? '';
    if (part.startsWith('{') && value !== '') params[part.slice(1, -1)] = decoded(value);
    else if (part !== value) return undefined;
  }
  return params;
}

/** A malformed escape stands for itself: no order has such a number. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
