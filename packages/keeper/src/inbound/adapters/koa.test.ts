import Koa from 'koa';
import { describeAdapter, type Served } from './adapter.suite.ts';
import { koaNotices } from './koa.ts';
import { serveNode } from './testing/serve-node.ts';

function serveKoa(app: Koa): Promise<Served> {
  const errors: string[] = [];
  app.on('error', (error: Error) => errors.push(error.message));
  const handle = app.callback();
  return serveNode((request, response) => void handle(request, response), errors);
}

describeAdapter('Koa', {
  serve: (route) => {
    const app = new Koa();
    app.use(koaNotices(route));
    return serveKoa(app);
  },
  serveParsed: (route) => {
    const app = new Koa();
    app.use(async (context, next) => {
      const chunks: Uint8Array[] = await context.req.toArray();
      Object.assign(context.request, { body: Buffer.concat(chunks).toString() });
      await next();
    });
    app.use(koaNotices(route));
    return serveKoa(app);
  },
  remedy: 'before the body parser',
});
