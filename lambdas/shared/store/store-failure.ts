import { Refusal } from '../domain/refusal.ts';
import { AwsFailure } from './aws-failure.ts';

const passing = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'InternalServerError',
  'ServiceUnavailable',
  'TransactionConflictException',
  'TransactionInProgressException',
  'LimitExceededException',
  'KMSInternalException',
  'KeyUnavailableException',
  'DependencyTimeoutException',
  'DisabledException',
  'KMSInvalidStateException',
  'TimeoutError',
  'AbortError',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return passing.has(error.name) ? error.name : code;
}

function statusOf(error: unknown): number {
  return error instanceof AwsFailure ? error.status : 0;
}

/**
 * What a failed AWS call means to the caller. What may pass (throttle, conflict, timeout, cut connection, disabled key)
 * becomes `unavailable` with Retry-After, never "wrong password" (F1, F4, F18, F21); anything else is a fault of ours
 * and stays as it is.
 */
export function storeFailure(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  return passing.has(nameOf(error)) || statusOf(error) >= 500
    ? new Refusal('unavailable', { retryAfter: 2, cause: error })
    : error;
}
