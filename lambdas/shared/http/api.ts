import middy from '@middy/core';
import { Refusal } from '../domain/refusal.ts';
import { type BodyOf, type Contract, type Operation, operationOf } from './contract.ts';
import { checkBodySize, readBody } from './read-body.ts';
import { type ErrorPage, renderErrors } from './render-errors.ts';
import { type Reply, toResult } from './reply.ts';
import { type GatewayEvent, type GatewayResult, type Request, readEvent } from './request.ts';
import { noteBody, requestLog } from './request-log.ts';
import type { Runtime } from './runtime.ts';
import { guardPage } from './same-origin.ts';

/** Answers one operation; refusals are thrown, everything else is a fault. */
export type Endpoint<O extends Operation> = (request: Request<BodyOf<O>>) => Promise<Reply>;

/** One endpoint for each operation of the contract, no more and no fewer. */
export type Endpoints<C extends Contract> = { readonly [K in keyof C]: Endpoint<C[K]> };

/**
 * A request whose body is validated when the endpoint first asks for it: who is refused for want of a token is not told
 * first what is wrong with the body.
 */
function withBody(event: GatewayEvent, request: Request<string | undefined>, operation: Operation): Request {
  let read: { readonly body: unknown } | undefined;
  return {
    ...request,
    get body() {
      if (!read) {
        read = { body: readBody(request, operation) };
        noteBody(event, read.body);
      }
      return read.body;
    },
  };
}

/**
 * The handler of an HTTP capability: reads the event, refuses what is too large and keeps pages to people, calls the
 * endpoint, validates the body by the contract as soon as it is asked for, renders reply or error, and leaves one log line per request.
 * @param errorPage for a contract with `errors: 'page'`
 */
export function api<C extends Contract>(runtime: Runtime, contract: C, endpoints: Endpoints<C>, errorPage?: ErrorPage) {
  return middy<GatewayEvent, GatewayResult>()
    .use(requestLog(runtime))
    .use(renderErrors(runtime, contract, errorPage))
    .handler(async (event) => {
      const request = readEvent(event, runtime.clock(), runtime.edge);
      const operation = operationOf(contract, request.routeKey);
      if (!operation) throw new Refusal('not_found');
      checkBodySize(request);
      guardPage(request, operation, runtime.issuer);
      const endpoint = endpoints[request.routeKey as keyof C] as Endpoint<Operation>;
      return toResult(await endpoint(withBody(event, request, operation) as Request<BodyOf<Operation>>));
    });
}
