import { z } from 'zod';
import type { Deployment } from '../assembly/deployment.ts';
import { functionNameOf } from '../assembly/identities.ts';

/** An event source mapping: which records of a table's stream go to which function, and how. */
export interface EventSource {
  /** Stable between starts. */
  readonly name: string;
  readonly functionName: string;
  readonly tableName: string;
  /** As the template knows it: what the function sees as `eventSourceARN`. */
  readonly streamArn: string;
  /** A record goes through where one of them matches; all do where there is none. */
  readonly filters: readonly unknown[];
  readonly batchSize: number;
  /** Milliseconds to gather a batch. */
  readonly window: number;
  /** Further tries of a failing batch; -1 is without end. */
  readonly retries: number;
  /** Milliseconds; infinite where records do not age. */
  readonly maxAge: number;
  readonly bisect: boolean;
  readonly reportsFailures: boolean;
  readonly onFailure: string | undefined;
}

const MappingProperties = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.boolean().default(true),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  BatchSize: z.number().default(100),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  MaximumRetryAttempts: z.number().default(-1),
  MaximumRecordAgeInSeconds: z.number().default(-1),
  BisectBatchOnFunctionError: z.boolean().default(false),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }).optional(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
});

/** The mappings of the templates that read table streams. */
export function readEventSources(deployment: Deployment): readonly EventSource[] {
  return deployment.ofType('AWS::Lambda::EventSourceMapping').flatMap((resource) => {
    const mapping = resource.read(MappingProperties);
    if (!mapping.Enabled) return [];
    return [
      {
        name: resource.logicalId,
        functionName: functionNameOf(mapping.FunctionName),
        tableName: /:table\/([^/]+)/.exec(mapping.EventSourceArn)?.[1] ?? '',
        streamArn: mapping.EventSourceArn,
        filters: mapping.FilterCriteria?.Filters.map(({ Pattern }) => JSON.parse(Pattern)) ?? [],
        batchSize: mapping.BatchSize,
        window: mapping.MaximumBatchingWindowInSeconds * 1000,
        retries: mapping.MaximumRetryAttempts,
        maxAge:
          mapping.MaximumRecordAgeInSeconds < 0 ? Number.POSITIVE_INFINITY : mapping.MaximumRecordAgeInSeconds * 1000,
        bisect: mapping.BisectBatchOnFunctionError,
        reportsFailures: mapping.FunctionResponseTypes.length > 0,
        onFailure: mapping.DestinationConfig?.OnFailure?.Destination,
      },
    ];
  });
}
