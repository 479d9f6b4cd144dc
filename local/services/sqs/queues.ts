import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Deployment } from '../../assembly/deployment.ts';
import type { Clock } from '../../clock.ts';
import { createRing } from '../../ring.ts';
import { type AwsService, ServiceError } from '../aws-service.ts';
import { jsonError, jsonReply, parseJsonRequest, requiredText } from '../json-protocol.ts';

/** A message in a queue. Nothing consumes queues locally: they hold dead letters. */
export interface QueueMessage {
  readonly id: string;
  readonly queue: string;
  /** ISO 8601, virtual time. */
  readonly at: string;
  readonly body: string;
}

export interface Queues {
  /** Stores a message in the queue with this ARN. */
  send(queueArn: string, body: unknown): void;
  /** Newest last. */
  messages(): readonly QueueMessage[];
  /** SendMessage for functions. */
  readonly service: AwsService;
}

const CAPACITY = 1_000;

export function createQueues(deployment: Deployment, clock: Clock): Queues {
  const ring = createRing<QueueMessage>(CAPACITY);
  const queues = deployment.ofType('AWS::SQS::Queue').map((resource) => {
    const { QueueName } = resource.read(z.object({ QueueName: z.string().optional() }));
    return {
      arn: resource.arn,
      url: resource.ref,
      name: QueueName ?? resource.arn.split(':').at(-1) ?? resource.logicalId,
    };
  });
  const store = (name: string, body: string): QueueMessage => {
    const message = { id: randomUUID(), queue: name, at: new Date(clock.now()).toISOString(), body };
    ring.push(message);
    return message;
  };
  const byUrl = (url: string) => {
    const queue = queues.find((entry) => entry.url === url);
    if (queue === undefined) throw new ServiceError('AWS.SimpleQueueService.NonExistentQueue', `No queue ${url}.`);
    return queue;
  };
  return {
    messages: ring.values,
    send(queueArn, body) {
      store(queues.find(({ arn }) => arn === queueArn)?.name ?? queueArn, JSON.stringify(body));
    },
    service: {
      name: 'sqs',
      parse: parseJsonRequest,
      subject: ({ input }) => ({ targets: [byUrl(requiredText(input, 'QueueUrl')).name], items: [], writes: false }),
      demands: ({ action, input }) => [
        { action: `sqs:${action}`, resource: byUrl(requiredText(input, 'QueueUrl')).arn, context: {} },
      ],
      async perform({ action, input }) {
        if (action !== 'SendMessage') throw new ServiceError('UnknownOperationException', `No local SQS ${action}.`);
        const { id } = store(byUrl(requiredText(input, 'QueueUrl')).name, requiredText(input, 'MessageBody'));
        return jsonReply({ MessageId: id });
      },
      fail: jsonError,
    },
  };
}
