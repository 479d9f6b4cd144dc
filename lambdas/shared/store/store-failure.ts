import { Refusal } from '../domain/refusal.ts';
import { AwsFailure, passing } from './aws-failure.ts';

/** Passing states that another try does not mend: they want an operator, or only time. */
const lasting = new Set([
  'DependencyTimeoutException',
  'DisabledException',
  'KeyUnavailableException',
  'KMSInternalException',
  'KMSInvalidStateException',
  'TransactionConflictException',
]);

/**
 * What a failed AWS call means to the caller. What may pass (throttle, conflict, timeout, cut connection, disabled key)
 * becomes `unavailable` with Retry-After, never "wrong password" (F1, F4, F18, F21); anything else is a fault of ours
 * and stays as it is.
 */
export function storeFailure(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  const mayPass = passing(error) !== undefined || (error instanceof AwsFailure && lasting.has(error.name));
  return mayPass ? new Refusal('unavailable', { retryAfter: 2, cause: error }) : error;
}
