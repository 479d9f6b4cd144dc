import { z } from 'zod';
import type { Place } from '../../assembly/identities.ts';
import { type AwsRequest, type AwsService, ServiceError } from '../aws-service.ts';
import { jsonError, jsonReply, parseJsonRequest } from '../json-protocol.ts';
import type { EventBuses } from './event-bus.ts';

const Entries = z.object({
  Entries: z
    .array(
      z.object({
        Source: z.string().default(''),
        DetailType: z.string().default(''),
        Detail: z.string().default(''),
        EventBusName: z.string().default('default'),
        Resources: z.array(z.string()).default([]),
        Time: z.number().optional(),
      }),
    )
    .min(1)
    .max(10),
});
type Entry = z.infer<typeof Entries>['Entries'][number];

/** EventBridge as far as functions use it: PutEvents. */
export function createEventbridge(buses: EventBuses, { region, account }: Place): AwsService {
  const busOf = ({ EventBusName }: Entry): string => EventBusName.split('/').at(-1) ?? EventBusName;
  return {
    name: 'events',
    parse: parseJsonRequest,
    subject: (request) => ({ targets: [...new Set(entriesOf(request).map(busOf))], items: [], writes: false }),
    demands: (request) =>
      entriesOf(request).map((entry) => ({
        action: `events:${request.action}`,
        resource: `arn:aws:events:${region}:${account}:event-bus/${busOf(entry)}`,
        context: { 'events:source': entry.Source, 'events:detail-type': entry.DetailType },
      })),
    async perform(request) {
      if (request.action !== 'PutEvents') {
        throw new ServiceError('UnknownOperationException', `No local EventBridge ${request.action}.`);
      }
      const results = entriesOf(request).map((entry) => put(buses, busOf(entry), entry));
      return jsonReply({
        FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length,
        Entries: results,
      });
    },
    fail: jsonError,
  };
}

function entriesOf({ input }: AwsRequest): readonly Entry[] {
  const parsed = Entries.safeParse(input);
  if (!parsed.success) throw new ServiceError('ValidationException', z.prettifyError(parsed.error));
  return parsed.data.Entries;
}

/** An entry fails alone: the others of the same call go through, and the caller has to look. */
function put(buses: EventBuses, bus: string, entry: Entry): object {
  const missing = (['Source', 'DetailType', 'Detail'] as const).find((name) => entry[name] === '');
  if (missing !== undefined)
    return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${missing} is not valid.` };
  // AWS accepts events for a bus that is not there and drops them; here that is a mistake to be seen.
  if (!buses.has(bus)) return { ErrorCode: 'InternalFailure', ErrorMessage: `There is no event bus ${bus}.` };
  const detail = parseDetail(entry.Detail);
  if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const time = entry.Time === undefined ? {} : { time: new Date(entry.Time * 1000).toISOString() };
  const { id } = buses.put(bus, {
    source: entry.Source,
    'detail-type': entry.DetailType,
    detail,
    resources: entry.Resources,
    ...time,
  });
  return { EventId: id };
}

function parseDetail(text: string): object | undefined {
  try {
    const detail: unknown = JSON.parse(text);
    return detail !== null && typeof detail === 'object' ? detail : undefined;
  } catch {
    return undefined;
  }
}
