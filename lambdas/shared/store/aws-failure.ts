import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** Members of an error that DynamoDB answers with, as it sends them. */
interface FailureMembers {
  readonly message?: string;
  readonly Message?: string;
  /** The item that stood in the way of a conditional write, marshalled. */
  readonly Item?: Record<string, AttributeValue>;
  /** Of a cancelled transaction, one for each step. */
  readonly CancellationReasons?: readonly { readonly Code?: string; readonly Item?: Record<string, AttributeValue> }[];
}

/** An error that an AWS service answered with; `name` is its code, such as `ThrottlingException`. */
export class AwsFailure extends Error {
  readonly status: number;
  readonly members: FailureMembers;

  constructor(code: string, status: number, members: FailureMembers = {}) {
    super(members.message ?? members.Message ?? code);
    this.name = code;
    this.status = status;
    this.members = members;
  }
}

/** Reads the error of an AWS JSON service; whatever else stands in the way answers with a status alone. */
export function readFailure(status: number, body: string): AwsFailure {
  try {
    const members = JSON.parse(body) as FailureMembers & { readonly __type?: string };
    const code = String(members.__type ?? '').replace(/^.*#/, '');
    return new AwsFailure(code || `Status${status}`, status, members);
  } catch {
    return new AwsFailure(`Status${status}`, status);
  }
}

/** What AWS calls throttling: these wait longer than others before they are tried again. */
const throttles = new Set([
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottledException',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

/** Nothing was answered: the connection was refused or cut, or it took too long. */
const transient = new Set([
  'ConnectTimeoutError',
  'TimeoutError',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Whether a call is worth another try, and how patient one has to be. */
export function passing(error: unknown): 'throttled' | 'transient' | undefined {
  if (error instanceof AwsFailure) {
    if (throttles.has(error.name) || error.status === 429) return 'throttled';
    return error.status >= 500 ? 'transient' : undefined;
  }
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? String(error.code) : '';
  return transient.has(code) || transient.has(error.name) ? 'transient' : undefined;
}
