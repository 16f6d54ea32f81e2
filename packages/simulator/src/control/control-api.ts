import type { Http, HttpRequest } from '@orderkeeper/ports';
import { OVERVIEW_PAGE } from '../payer/overview-page.ts';
import { type ControlDesk, defineRoute, json, printReply, refuse, type Reply, type Route } from './route.ts';
import { ATTEMPT_ROUTES } from './routes/attempts.ts';
import { BILL_ROUTES } from './routes/bills.ts';
import { CLOCK_ROUTES } from './routes/clock.ts';
import { FAULT_ROUTES } from './routes/faults.ts';
import { KEY_ROUTES } from './routes/keys.ts';
import { PAGE_ROUTES, page } from './routes/pages.ts';
import { PEOPLE_ROUTES } from './routes/people.ts';
import { RECORD_ROUTES } from './routes/records.ts';
import { WORLD_ROUTES } from './routes/world.ts';

const ROWS: readonly Route[] = [
  ...ATTEMPT_ROUTES,
  ...CLOCK_ROUTES,
  ...FAULT_ROUTES,
  ...RECORD_ROUTES,
  ...WORLD_ROUTES,
  ...PEOPLE_ROUTES,
  ...BILL_ROUTES,
  ...KEY_ROUTES,
  ...PAGE_ROUTES,
];

const INDEX = defineRoute({ method: 'GET', path: '/', about: 'this list; in a browser the overview' }, ({ reader }) => {
  if (reader === 'person') return page(OVERVIEW_PAGE);
  return json({
    about: 'Plays the payer, moves the clock, orders faults. Not part of WeChat Pay.',
    routes: CONTROL_ROUTES.map(({ method, path, about, body }) => ({
      method,
      path,
      about,
      ...(body === undefined ? {} : { body }),
    })),
  });
});

/** Every row of the control API, the list of rows included. */
export const CONTROL_ROUTES: readonly Route[] = [INDEX, ...ROWS];

/** Creates the control API: JSON in and out, problems as RFC 9457 has them, and the pages for people. */
export function createControlApi(desk: ControlDesk): Http {
  return async (request) => printReply(await serve(request, desk));
}

async function serve(request: HttpRequest, desk: ControlDesk): Promise<Reply> {
  const { pathname, searchParams: query } = new URL(request.url);
  const matches = CONTROL_ROUTES.flatMap((route) => {
    const params = matchPath(route.path, pathname);
    return params === undefined ? [] : [{ route, params }];
  });
  if (matches.length === 0) {
    const detail = `there is nothing at ${pathname}`;
    return refuse({
      status: 404,
      code: 'no-such-path',
      detail,
      allowed: CONTROL_ROUTES.map(({ method, path }) => `${method} ${path}`),
    });
  }
  const match = matches.find(({ route }) => route.method === request.method);
  if (match === undefined) {
    const detail = `${pathname} does not take ${request.method}`;
    return refuse({
      status: 405,
      code: 'method-not-allowed',
      detail,
      allowed: matches.map(({ route }) => route.method),
    });
  }
  const body = readJson(request);
  if (body === undefined)
    return refuse({ status: 400, code: 'not-json', detail: 'the body is not JSON; an empty body is {}' });
  const reader = request.headers['accept']?.includes('text/html') === true ? 'person' : 'program';
  return match.route.run({ params: match.params, query, reader }, body.value, desk);
}

/** The values of `{names}` when the path fits. */
function matchPath(pattern: string, pathname: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const found = pathname.split('/');
  if (wanted.length !== found.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = found[index] ?? '';
    if (part.startsWith('{')) params[part.slice(1, -1)] = decode(value);
    else if (part !== value) return undefined;
  }
  return params;
}

/** A malformed escape stands for itself: no order has such a number. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readJson({ body = '' }: HttpRequest): { readonly value: unknown } | undefined {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  if (text.trim() === '') return { value: {} };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
