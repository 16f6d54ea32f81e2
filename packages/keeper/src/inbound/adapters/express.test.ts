import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { expect, test } from 'vitest';
import { MCHID } from '../../core/testing/samples.ts';
import { describeAdapter, type Served } from './adapter.suite.ts';
import { expressNotices } from './express.ts';
import { serveNode } from './testing/serve-node.ts';

/** Takes the place of Express's own last handler, which would print the error. */
function serveExpress(app: Express): Promise<Served> {
  const errors: string[] = [];
  app.use((error: Error, _request: Request, response: Response, _next: NextFunction) => {
    errors.push(error.message);
    response.status(500).end();
  });
  return serveNode(app, errors);
}

describeAdapter('Express', {
  serve: (route) => {
    const app = express();
    app.post('/notify', expressNotices(route));
    app.use(express.json());
    return serveExpress(app);
  },
  serveParsed: (route) => {
    const app = express();
    app.use(express.text({ type: '*/*' }));
    app.post('/notify', expressNotices(route));
    return serveExpress(app);
  },
  remedy: 'express.raw(',
});

test('a body that express.raw() has read is taken as it is, also behind the parsers of the application', async () => {
  const lengths: number[] = [];
  const keeper = {
    receiveNotice: ({ body }: { readonly body: Uint8Array }) => {
      lengths.push(body.length);
      return Promise.resolve({ status: 200, headers: {}, body: '', verdict: 'applied' } as const);
    },
  };
  const app = express();
  app.use(express.json());
  app.post('/notify', express.raw({ type: () => true }), expressNotices({ keeper, mchid: MCHID }));
  const served = await serveExpress(app);
  await served.post(new TextEncoder().encode('<xml/>'), { 'content-type': 'text/xml' });
  await served.close();
  expect(lengths).toEqual([6]);
});
