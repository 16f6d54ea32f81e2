import type { FastifyInstance } from 'fastify';
import { parseMchid } from '@orderkeeper/protocol';
import { printProblem } from './print-reply.ts';
import { send } from './send.ts';
import type { ServiceDesk } from './service-desk.ts';

/** Adds the address that WeChat Pay sends notices to. It is public: only a notice's signature lets it in. */
export function addNotify(app: FastifyInstance, { keeper }: Pick<ServiceDesk, 'keeper'>): void {
  void app.register(async (scope) => {
    // The signature is over the bytes, so nothing may parse them first.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post<{ Params: { readonly mchid: string } }>('/notify/:mchid', async (request, reply) => {
      const mchid = parseMchid(request.params.mchid);
      if (!mchid.ok)
        return send(reply, printProblem({ code: 'no-such-path', detail: mchid.message }, { requestId: request.id }));
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const answer = await keeper.receiveNotice({ mchid: mchid.value, body, headers: plain(request.headers) });
      return send(reply, answer);
    });
  });
}

/** A header that came more than once is joined, as HTTP has it. */
function plain(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
