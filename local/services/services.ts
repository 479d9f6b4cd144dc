import type { Deployment } from '../assembly/deployment.ts';
import type { Clock } from '../clock.ts';
import type { DataFolder } from '../data-folder.ts';
import type { InvokeLater } from '../functions/asynchronous.ts';
import type { AwsService } from './aws-service.ts';
import { createDynamodb } from './dynamodb/dynamodb.ts';
import type { Table } from './dynamodb/tables.ts';
import { createEventBuses, type EventBuses } from './events/event-bus.ts';
import { createEventbridge } from './events/eventbridge.ts';
import { createSchedules, type Schedules } from './events/schedules.ts';
import { loadKeys } from './kms/keys.ts';
import { createKms } from './kms/kms.ts';
import { type MailStore, openMailStore } from './ses/mail-store.ts';
import { readSendingSetup } from './ses/sending-setup.ts';
import { createSes } from './ses/ses.ts';
import { createSmsVoice } from './sms/sms-voice.ts';
import { readTextSetup } from './sms/text-setup.ts';
import { createQueues, type Queues } from './sqs/queues.ts';

/** Every emulated service, and what the rest of the local cloud works with directly. */
export interface Services {
  readonly services: readonly AwsService[];
  readonly queues: Queues;
  readonly buses: EventBuses;
  readonly mails: MailStore;
  readonly schedules: Schedules;
}

export function createServices(parts: {
  readonly deployment: Deployment;
  readonly tables: readonly Table[];
  /** Of DynamoDB Local. */
  readonly endpoint: string;
  readonly folder: DataFolder;
  readonly clock: Clock;
  readonly invokeLater: InvokeLater;
}): Services {
  const { deployment, tables, endpoint, folder, clock, invokeLater } = parts;
  const { place } = deployment;
  const queues = createQueues(deployment, clock);
  const buses = createEventBuses(deployment, clock, invokeLater);
  const mails = openMailStore(folder);
  return {
    queues,
    buses,
    mails,
    schedules: createSchedules(deployment, clock, folder, invokeLater),
    services: [
      createDynamodb(endpoint, tables, place.region),
      createKms(loadKeys(deployment, folder), place.account),
      createSes(readSendingSetup(deployment), mails, buses, clock),
      createSmsVoice(readTextSetup(deployment), mails, buses, clock),
      createEventbridge(buses, place),
      queues.service,
    ],
  };
}
