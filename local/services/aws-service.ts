import type { IncomingHttpHeaders } from 'node:http';

/** One call of an AWS API, taken apart far enough to authorize, describe and perform it. */
export interface AwsRequest {
  /** `GetItem`, `Decrypt`, `SendEmail`, … */
  readonly action: string;
  /** Parameters: parsed JSON, or the flat `Name.member.1` pairs of the query protocol. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly headers: IncomingHttpHeaders;
}

export interface AwsReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Capacity units that the call consumed, where the service has such a thing. */
  readonly units?: Units;
}

export interface Units {
  readonly read: number;
  readonly write: number;
}

/** One permission that a call needs; a call may need several, and is refused when one is missing. */
export interface Demand {
  /** `dynamodb:PutItem` */
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request with their values. */
  readonly context: Readonly<Record<string, string | string[]>>;
}

/** What a call is about, for the record: never an item, an address or a secret. */
export interface Subject {
  /** Physical names: tables, keys, identities, buses. */
  readonly targets: readonly string[];
  /** Types of the items touched: the first segment of the partition key. */
  readonly items: readonly string[];
  /** Of reads from tables: whether all of them were asked for strongly consistent. */
  readonly consistent?: boolean;
  /** Whether it changes stored data: such calls are counted by `kill-after-write`. */
  readonly writes: boolean;
}

/** An error in the words of the service. */
export interface AwsError {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  /** Further members of a JSON error, such as `CancellationReasons`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** One emulated service behind the proxy; `name` is the service's name in SigV4 scopes. */
export interface AwsService {
  readonly name: string;
  parse(headers: IncomingHttpHeaders, body: string): AwsRequest;
  subject(request: AwsRequest): Subject;
  demands(request: AwsRequest): readonly Demand[];
  perform(request: AwsRequest): Promise<AwsReply>;
  fail(error: AwsError): AwsReply;
}

/** A service's own refusal, thrown inside `perform` and answered in the service's error format. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly error: AwsError;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.error = { code, message, status };
  }
}
