/** What one operation costs. Counts are exact and the same on every machine; CPU is not, hence the ratio. */
export interface OperationCost {
  readonly name: string;
  /** Name of the function that answers. */
  readonly capability: string;
  /** Sequential round trips of a warm request. */
  readonly waves: number;
  readonly calls: number;
  /** Request units, as DynamoDB counts them. */
  readonly read: number;
  readonly write: number;
  /** Of the calls: transactions, and calls to KMS. */
  readonly transactions: number;
  readonly kms: number;
  /** CPU-ms of one warm request, all threads, the password hash left out; the median. */
  readonly cpu: number;
  /** CPU-ms of the bare minimum: the same signatures and the same number of plain HTTP round trips. */
  readonly floor: number;
}

/** What importing a module takes in a fresh process; medians. */
export interface Import {
  /** Milliseconds on the clock. */
  readonly ms: number;
  /** CPU-ms on all threads: less disturbed by what else the machine does. */
  readonly cpu: number;
}

/** What one function weighs. */
export interface FunctionWeight {
  readonly capability: string;
  /** Kilobytes (1024 bytes) that are loaded at every cold start, and the number of files. */
  readonly startKb: number;
  readonly startFiles: number;
  /** Kilobytes and files of the whole asset: what may be loaded later is in it. */
  readonly allKb: number;
  readonly allFiles: number;
  readonly cold: Import;
  /** CPU-ms of the first request after the import, the password hash left out; of functions that answer requests. */
  readonly firstRequest: number | undefined;
}

/** Everything that one run of the bench found. */
export interface Measurement {
  readonly operations: readonly OperationCost[];
  readonly functions: readonly FunctionWeight[];
  /** The peers of a cold start: an empty module, and the AWS SDK for DynamoDB as one bundled file. */
  readonly empty: Import;
  readonly sdk: Import & { readonly kb: number };
  /** CPU-ms of one password hash. */
  readonly hashMs: number;
  readonly machine: string;
}
