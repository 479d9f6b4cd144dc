import type { IncomingHttpHeaders } from 'node:http';
import type { AwsError, AwsReply, AwsRequest } from './aws-service.ts';
import { ServiceError } from './aws-service.ts';

/** AWS JSON protocol: the action in `x-amz-target`, parameters and results as JSON. */
export function parseJsonRequest(headers: IncomingHttpHeaders, body: string): AwsRequest {
  const target = String(headers['x-amz-target'] ?? '');
  const input: unknown = body === '' ? {} : JSON.parse(body);
  if (input === null || typeof input !== 'object' || target === '') {
    throw new ServiceError('SerializationException', 'The request is not AWS JSON.');
  }
  return { action: target.slice(target.lastIndexOf('.') + 1), input: { ...input }, headers };
}

export function jsonReply(result: unknown, status = 200): AwsReply {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(result) };
}

export function jsonError({ code, message, status, members }: AwsError): AwsReply {
  // DynamoDB spells it `Message` in some errors and `message` in others; SDKs read both.
  return jsonReply({ __type: code, message, Message: message, ...members }, status);
}

/** A string parameter that must be there. */
export function requiredText(input: Readonly<Record<string, unknown>>, name: string): string {
  const value = input[name];
  if (typeof value === 'string') return value;
  throw new ServiceError('ValidationException', `The parameter ${name} is missing.`);
}
