import { Hono } from 'hono';
import { describeAdapter, type Served } from './adapter.suite.ts';
import { fetchNotices } from './fetch.ts';

type Handle = (request: Request) => Promise<Response>;

const served = (handle: Handle, errors: readonly string[]): Served => ({
  errors,
  post: async (body, headers) => {
    const response = await handle(new Request('https://shop.example.com/notify', { method: 'POST', headers, body }));
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  },
  close: () => Promise.resolve(),
});

function serveHono(app: Hono): Served {
  const errors: string[] = [];
  app.onError((error, context) => {
    errors.push(error.message);
    return context.body(null, 500);
  });
  return served(async (request) => app.fetch(request), errors);
}

describeAdapter('Hono', {
  serve: async (route) => {
    const app = new Hono();
    const handle = fetchNotices(route);
    app.post('/notify', (context) => handle(context.req.raw));
    return serveHono(app);
  },
  serveParsed: async (route) => {
    const app = new Hono();
    const handle = fetchNotices(route);
    app.use(async (context, next) => {
      await context.req.text();
      await next();
    });
    app.post('/notify', (context) => handle(context.req.raw));
    return serveHono(app);
  },
  remedy: 'c.req.raw',
});

/** A route handler of Next is called with the request and nothing else; what it throws, Next logs and answers with 500. */
function serveRouteHandler(handle: Handle): Served {
  const errors: string[] = [];
  const callLikeNext: Handle = async (request) => {
    try {
      return await handle(request);
    } catch (error) {
      errors.push(String(error));
      return new Response(null, { status: 500 });
    }
  };
  return served(callLikeNext, errors);
}

describeAdapter('a fetch-style route handler', {
  serve: async (route) => serveRouteHandler(fetchNotices(route)),
  serveParsed: async (route) => {
    const POST = fetchNotices(route);
    return serveRouteHandler(async (request) => {
      await request.text();
      return POST(request);
    });
  },
  remedy: 'Next route handler',
});
