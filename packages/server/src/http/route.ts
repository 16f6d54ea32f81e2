import type { z } from 'zod';
import { fieldErrors } from './field-errors.ts';
import { refuse, type Reply } from './reply.ts';
import type { ServiceDesk } from './service-desk.ts';

/** A request that has found its route; nothing of it has been looked at. */
export interface RawCall {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** The same, read. */
export interface Call<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
}

/** What a route is called and what it takes and answers. */
export interface RouteRow<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  readonly method: 'GET' | 'POST';
  /** `/v1/orders/{orderId}`. */
  readonly path: string;
  readonly about: string;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** What a successful answer looks like. */
  readonly answer: z.ZodType;
}

/** A row of the interface below `/v1`. */
export interface Route extends RouteRow<z.ZodType, z.ZodType, z.ZodType> {
  readonly run: (call: RawCall, desk: ServiceDesk) => Promise<Reply>;
}

/** A row and what it does; `run` sees only what its schemas let through. */
export function defineRoute<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  row: RouteRow<Params, Query, Body>,
  run: (call: Call<z.output<Params>, z.output<Query>, z.output<Body>>, desk: ServiceDesk) => Promise<Reply>,
): Route {
  return {
    ...row,
    run: async (call, desk) => {
      const params = row.params.safeParse(call.params, MISSING);
      const query = row.query.safeParse(call.query, MISSING);
      const body = row.body.safeParse(call.body, MISSING);
      if (params.success && query.success && body.success)
        return run({ params: params.data, query: query.data, body: body.data }, desk);
      const errors = [
        ...fieldErrors('parameter', params.error),
        ...fieldErrors('parameter', query.error),
        ...fieldErrors('pointer', body.error),
      ];
      const [first] = errors;
      const detail = `${first?.pointer ?? first?.parameter ?? ''} ${first?.detail ?? ''}`.trim();
      return refuse({ code: 'invalid-request', detail, errors });
    },
  };
}

const MISSING = {
  error: ({ code, input }: { readonly code: string; readonly input?: unknown }) =>
    code === 'invalid_type' && input === undefined ? 'is missing' : undefined,
};
