import { inject } from 'vitest';

/** What the files of one worker run against, one after another; another worker's files never see it. */
export interface Lane {
  /** Origin of each brand's running cloud. */
  readonly clouds: Readonly<Record<'northwind' | 'solmar', string>>;
  /** The synthesized `cdk.out`, the same for every lane. */
  readonly assembly: string;
  /** Folder with the log files that functions wrote, per brand. */
  readonly dataFolder: string;
  /** Endpoint of the DynamoDB Local that holds the tables of both brands. */
  readonly dynamodb: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** One for each worker of the project. */
    readonly lanes: readonly Lane[];
  }
}

/** The lane of this worker. */
export function lane(): Lane {
  const own = inject('lanes')[Number(process.env.VITEST_POOL_ID) - 1];
  if (!own) throw new Error(`worker ${process.env.VITEST_POOL_ID} has no lane`);
  return own;
}
