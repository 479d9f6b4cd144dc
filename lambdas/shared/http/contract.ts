import type * as z from 'zod/mini';
import type { ProblemCode } from '../domain/problem.ts';

/**
 * What one route takes and gives. Zod schemas are the one source: requests are validated by them and the OpenAPI
 * document is generated from them (DESIGN section 5).
 */
export interface Operation {
  readonly summary: string;
  /** Of the body; `json` where nothing is said. */
  readonly encoding?: 'json' | 'form';
  /** Of errors; problem details where it is left out, OAuth errors for a form (RFC 6749 section 5.2). */
  readonly errors?: 'problem' | 'oauth' | 'page';
  readonly body?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly reply: {
    readonly status: number;
    /** Further statuses that come with the same kind of body: a page that says how it ended. */
    readonly others?: readonly number[];
    readonly schema?: z.ZodMiniType;
    /** Media type where it is not `application/json`. */
    readonly type?: string;
    /** A second media type, of a text, that some clients get instead. */
    readonly also?: string;
  };
  /** Refusals beyond those that any route may answer with. */
  readonly problems?: readonly ProblemCode[];
}

/** The operations of a capability by route key (`POST /v1/registrations`). */
export type Contract = Readonly<Record<string, Operation>>;

/** How an operation says no: as it declares, else OAuth JSON for a form and problem details for the rest. */
export function errorsOf({ errors, encoding }: Operation): NonNullable<Operation['errors']> {
  return errors ?? (encoding === 'form' ? 'oauth' : 'problem');
}

/** The validated body of an operation. */
export type BodyOf<O extends Operation> = O['body'] extends z.ZodMiniType ? z.output<O['body']> : undefined;

/** The contract's own operation of a route key: what every object inherits (`constructor`) is none. */
export function operationOf(contract: Contract, routeKey: string): Operation | undefined {
  return Object.hasOwn(contract, routeKey) ? contract[routeKey] : undefined;
}
