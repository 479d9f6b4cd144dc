import { openAwsService, services } from './aws-service.ts';
import type { Key } from './tables.ts';

/** Where a record stands that nothing can be done with: its place and its key, never what is in it. */
export interface Letter {
  readonly functionArn: string;
  readonly streamArn: string;
  readonly sequence: string;
  readonly key: Key | undefined;
}

/** Puts a letter away for an operator. @throws what the call to SQS failed with */
export type Bury = (letter: Letter, now: number) => Promise<void>;

/**
 * Opens a dead-letter queue. Letters have the form of Lambda's own, so that an operator reads both alike (SQS destination
 * of a DynamoDB stream, Lambda developer guide).
 */
export function openDeadLetters(queueUrl: string, env: NodeJS.ProcessEnv = process.env): Bury {
  const call = openAwsService(services.sqs, env);
  return async ({ functionArn, streamArn, sequence, key }, now) => {
    const body = {
      requestContext: { functionArn, condition: 'Unprocessable' },
      version: '1.0',
      timestamp: new Date(now).toISOString(),
      DDBStreamBatchInfo: {
        startSequenceNumber: sequence,
        endSequenceNumber: sequence,
        batchSize: 1,
        streamArn,
      },
      key,
    };
    await call('SendMessage', { QueueUrl: queueUrl, MessageBody: JSON.stringify(body) });
  };
}
