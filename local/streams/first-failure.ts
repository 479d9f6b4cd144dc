import { z } from 'zod';
import type { Outcome } from '../functions/invocation.ts';

const Response = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() });

/**
 * Index of the first record of a batch that has to be tried again; undefined where all are done. A function that
 * reports failures says so by sequence number, and everything from the lowest one on counts as failed
 * ("Configuring partial batch response with DynamoDB"). An identifier that is not of this batch fails all of it.
 */
export function firstFailure(
  outcome: Outcome,
  sequenceNumbers: readonly string[],
  reportsFailures: boolean,
): number | undefined {
  if (outcome.kind !== 'returned') return 0;
  if (!reportsFailures || outcome.value === null || outcome.value === undefined || outcome.value === '')
    return undefined;
  const response = Response.safeParse(outcome.value);
  if (!response.success) return 0;
  const failures = response.data.batchItemFailures ?? [];
  if (failures.length === 0) return undefined;
  const indexes = failures.map(({ itemIdentifier }) => sequenceNumbers.indexOf(itemIdentifier));
  return Math.max(0, Math.min(...indexes));
}
