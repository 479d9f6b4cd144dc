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

/** What one function weighs. */
export interface FunctionWeight {
  readonly capability: string;
  /** Kilobytes (1024 bytes) that are loaded at every cold start, and the number of files. */
  readonly startKb: number;
  readonly startFiles: number;
  /** Kilobytes and files of the whole asset: what may be loaded later is in it. */
  readonly allKb: number;
  readonly allFiles: number;
  /** Milliseconds to import it in a fresh process; the median. */
  readonly coldMs: number;
}

/** Everything that one run of the bench found. */
export interface Measurement {
  readonly operations: readonly OperationCost[];
  readonly functions: readonly FunctionWeight[];
  /** Milliseconds to import an empty module, and the AWS SDK for DynamoDB as one bundled file: the peers. */
  readonly emptyMs: number;
  readonly sdkMs: number;
  readonly sdkKb: number;
  /** CPU-ms of one password hash. */
  readonly hashMs: number;
  readonly machine: string;
}
