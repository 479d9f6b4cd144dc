import type { AwsReply, AwsRequest, AwsService, Units } from '../aws-service.ts';
import { ServiceError } from '../aws-service.ts';
import { jsonError, parseJsonRequest } from '../json-protocol.ts';
import { demandsOf, subjectOf, touches } from './requests.ts';
import type { Table } from './tables.ts';

const READS: ReadonlySet<string> = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems']);
/** Actions that take `ReturnConsumedCapacity`. */
const MEASURED: ReadonlySet<string> = new Set([
  ...READS,
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
]);

/** DynamoDB in front of the emulator: measures the units of every call, whether the function asked or not. */
export function createDynamodb(endpoint: string, tables: readonly Table[], region: string): AwsService {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const table = (name: string): Table => {
    const found = byName.get(name);
    if (found === undefined) throw new ServiceError('ResourceNotFoundException', 'Requested resource not found');
    return found;
  };
  const touched = (request: AwsRequest) => touches(request, (name) => table(name).partitionKey);
  return {
    name: 'dynamodb',
    parse: parseJsonRequest,
    subject: (request) => subjectOf(request, touched(request)),
    demands: (request) => demandsOf(touched(request), table, region),
    perform: (request) => forward(endpoint, request),
    fail: jsonError,
  };
}

async function forward(endpoint: string, { action, input, headers }: AwsRequest): Promise<AwsReply> {
  const measured = MEASURED.has(action);
  const body = JSON.stringify(
    measured ? { ...input, ReturnConsumedCapacity: input.ReturnConsumedCapacity ?? 'TOTAL' } : input,
  );
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': String(headers['x-amz-target']),
      authorization: String(headers.authorization),
      'x-amz-date': String(headers['x-amz-date']),
    },
    body,
  });
  const text = await response.text();
  const reply = { status: response.status, headers: { 'content-type': 'application/x-amz-json-1.0' } };
  if (!measured || response.status !== 200) return { ...reply, body: text };
  const { ConsumedCapacity, ...rest }: Record<string, unknown> = JSON.parse(text);
  const asked = input.ReturnConsumedCapacity !== undefined && input.ReturnConsumedCapacity !== 'NONE';
  return { ...reply, body: asked ? text : JSON.stringify(rest), units: unitsOf(action, ConsumedCapacity) };
}

function unitsOf(action: string, capacity: unknown): Units {
  const entries: readonly { CapacityUnits?: number }[] = Array.isArray(capacity) ? capacity : [capacity ?? {}];
  const total = entries.reduce((sum, { CapacityUnits }) => sum + (CapacityUnits ?? 0), 0);
  return READS.has(action) ? { read: total, write: 0 } : { read: 0, write: total };
}
