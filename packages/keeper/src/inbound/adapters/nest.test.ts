import { Controller, type LoggerService, Module, Post, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { describeAdapter, type Served } from './adapter.suite.ts';
import { nestNotices } from './nest.ts';
import type { NoticeRoute } from './notice-route.ts';
import { serveNode } from './testing/serve-node.ts';

/** A module with one controller. Decorators are called by hand: tests are run without a compiler that knows them. */
function createModule(route: NoticeRoute): new () => object {
  class NotifyController {
    readonly take = nestNotices(route);
    notify(...[request, response]: Parameters<ReturnType<typeof nestNotices>>): Promise<void> {
      return this.take(request, response);
    }
  }
  const { prototype } = NotifyController;
  const notify = Object.getOwnPropertyDescriptor(prototype, 'notify') ?? {};
  Controller()(NotifyController);
  Post('notify')(prototype, 'notify', notify);
  Req()(prototype, 'notify', 0);
  Res()(prototype, 'notify', 1);
  class AppModule {
    readonly name = 'shop';
  }
  Module({ controllers: [NotifyController] })(AppModule);
  return AppModule;
}

type RawBody = { readonly rawBody: boolean };

async function serveNest(
  route: NoticeRoute,
  options: RawBody,
  prepare: (app: NestExpressApplication) => void,
): Promise<Served> {
  const errors: string[] = [];
  const quiet = (): void => {};
  const logger: LoggerService = {
    log: quiet,
    warn: quiet,
    error: (error: unknown) => {
      errors.push(String(error));
    },
  };
  const app = await NestFactory.create<NestExpressApplication>(createModule(route), { logger, ...options });
  prepare(app);
  await app.init();
  const served = await serveNode(app.getHttpAdapter().getInstance(), errors);
  return {
    ...served,
    close: async () => {
      await served.close();
      await app.close();
    },
  };
}

describeAdapter('Nest', {
  serve: (route) => serveNest(route, { rawBody: true }, () => {}),
  serveParsed: (route) =>
    serveNest(route, { rawBody: false }, (app) => app.useBodyParser('text', { type: 'text/xml' })),
  remedy: 'rawBody: true',
});

describeAdapter('Nest with a raw parser for XML', {
  serve: (route) => serveNest(route, { rawBody: true }, (app) => app.useBodyParser('raw', { type: 'text/xml' })),
  serveParsed: (route) => serveNest(route, { rawBody: false }, (app) => app.useBodyParser('text', { type: '*/*' })),
  remedy: "useBodyParser('raw'",
});
