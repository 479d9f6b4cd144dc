import { randomUUID } from 'node:crypto';
import type { AwsReply, AwsRequest, AwsService } from '../services/aws-service.ts';

type Json = Record<string, unknown>;

/**
 * Performs a batch in part, as DynamoDB may at any time: the last entry is kept back and returned as unprocessed.
 * A batch of one is not performed at all.
 */
export async function performInPart(service: AwsService, request: AwsRequest): Promise<AwsReply> {
  const { kept, unprocessed } = splitBatch({ ...Object(request.input.RequestItems) });
  const field = request.action === 'BatchGetItem' ? 'UnprocessedKeys' : 'UnprocessedItems';
  const empty: AwsReply = { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: '{}' };
  const reply =
    Object.keys(kept).length === 0
      ? empty
      : await service.perform({ ...request, input: { ...request.input, RequestItems: kept } });
  if (reply.status !== 200) return reply;
  return { ...reply, body: JSON.stringify({ Responses: {}, ...JSON.parse(reply.body), [field]: unprocessed }) };
}

function splitBatch(items: Json): { readonly kept: Json; readonly unprocessed: Json } {
  const [table, requests] = Object.entries(items).at(-1) ?? ['', []];
  if (Array.isArray(requests)) {
    return { kept: without(items, table, requests.slice(0, -1)), unprocessed: { [table]: requests.slice(-1) } };
  }
  const get: Json = { ...Object(requests) };
  const keys = Array.isArray(get.Keys) ? get.Keys : [];
  const kept = without(items, table, keys.slice(0, -1), (rest) => ({ ...get, Keys: rest }));
  return { kept, unprocessed: { [table]: { ...get, Keys: keys.slice(-1) } } };
}

function without(items: Json, table: string, rest: unknown[], shape = (entries: unknown[]): unknown => entries): Json {
  const { [table]: _removed, ...others } = items;
  return rest.length === 0 ? others : { ...others, [table]: shape(rest) };
}

/** Start keys that stand for empty pages, with the start key that the page was asked with. */
export interface EmptyPages {
  /** An empty page, with a key at which the next one begins. */
  make(request: AwsRequest): AwsReply;
  /** The request with the true start key put back. */
  restore(request: AwsRequest): AwsRequest;
}

export function createEmptyPages(): EmptyPages {
  const startKeys = new Map<string, unknown>();
  return {
    make(request) {
      const marker = randomUUID();
      startKeys.set(marker, request.input.ExclusiveStartKey);
      const body = { Items: [], Count: 0, ScannedCount: 0, LastEvaluatedKey: { pk: { S: marker }, sk: { S: marker } } };
      return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(body) };
    },
    restore(request) {
      const given: Json = { ...Object(request.input.ExclusiveStartKey) };
      const marker = String(Object(given.pk).S);
      if (!startKeys.has(marker)) return request;
      const { ExclusiveStartKey: _marker, ...rest } = request.input;
      const original = startKeys.get(marker);
      return { ...request, input: original === undefined ? rest : { ...rest, ExclusiveStartKey: original } };
    },
  };
}
