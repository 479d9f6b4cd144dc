import type { Endpoints } from './api.ts';
import { type Contract, operationOf } from './contract.ts';
import type { Reply } from './reply.ts';
import type { Request } from './request.ts';

/** Route keys of the operations that answer with pages. */
type PageKey<C extends Contract> = {
  readonly [K in keyof C]: C[K] extends { readonly errors: 'page' } ? K : never;
}[keyof C];

/** The endpoints of a contract that answer with pages. */
export type PageEndpoints<C extends Contract> = Pick<Endpoints<C>, PageKey<C>>;

/**
 * The page endpoints of a function that has others too: loaded by the first request for one of them, so that nobody else
 * waits for a renderer.
 */
export function lateEndpoints<const C extends Contract>(
  contract: C,
  load: () => Promise<PageEndpoints<C>>,
): PageEndpoints<C> {
  let loading: Promise<PageEndpoints<C>> | undefined;
  const isPage = (key: string) => operationOf(contract, key)?.errors === 'page';
  const endpoint = (key: string) => async (request: Request) => {
    loading ??= load();
    const endpoints = (await loading) as Readonly<Record<string, (request: Request) => Promise<Reply>>>;
    const answer = endpoints[key];
    if (!answer) throw new Error(`no endpoint for ${key}`);
    return answer(request);
  };
  const keys = Object.keys(contract).filter(isPage);
  return Object.fromEntries(keys.map((key) => [key, endpoint(key)])) as unknown as PageEndpoints<C>;
}
