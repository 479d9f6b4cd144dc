import type { StreamRecord } from './stream-reader.ts';

/** One record as a function gets it. */
export interface LambdaRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly dynamodb: {
    readonly SequenceNumber: string;
    /** Seconds since the epoch. */
    readonly ApproximateCreationDateTime: number;
    readonly [member: string]: unknown;
  };
}

/** A record in the shape of Lambda's DynamoDB stream events. `clockOffset` (ms) puts it on the virtual clock. */
export function recordToEvent(
  record: StreamRecord,
  region: string,
  streamArn: string,
  clockOffset: number,
): LambdaRecord {
  const { ApproximateCreationDateTime: created, SequenceNumber, ...rest } = record.dynamodb ?? {};
  return {
    eventID: String(record.eventID),
    eventName: String(record.eventName),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    eventSourceARN: streamArn,
    dynamodb: {
      ...(toJson(rest) as object),
      SequenceNumber: String(SequenceNumber),
      ApproximateCreationDateTime: Math.floor(((created?.getTime() ?? Date.now()) + clockOffset) / 1000),
    },
  };
}

/** Bytes are base64 text in Lambda events. */
function toJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(toJson);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, toJson(entry)]));
}
