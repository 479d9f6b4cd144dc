import type { Units } from '../services/aws-service.ts';

/** One AWS call of an invocation, as `/_local/calls` shows it: never an item, an address or a secret. */
export interface AwsCall {
  readonly service: string;
  readonly action: string;
  /** Table, key, identity or bus names. */
  readonly targets: readonly string[];
  /** Item types, for DynamoDB. */
  readonly items: readonly string[];
  /** Of reads from tables: whether all of them were asked for strongly consistent. */
  readonly consistent?: boolean;
  /** Which sequential round trip of the invocation it belongs to, from 1; see functions/waves.ts. */
  readonly wave: number;
  /** Milliseconds since the invocation began. */
  readonly start: number;
  readonly ms: number;
  /** Made while the module loaded (Lambda's init phase). */
  readonly loading: boolean;
  readonly units: Units;
  readonly verdict: 'Allowed' | 'Denied';
  /** HTTP status; 0 where the connection was cut. */
  readonly status: number;
  readonly error?: string;
  /** Ids of the faults that were injected. */
  readonly faults: readonly string[];
}
