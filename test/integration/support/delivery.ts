import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Addressed } from '../../../lambdas/mailer/check-limits.ts';
import { type DeliveryDeps, deliverMail } from '../../../lambdas/mailer/deliver-mail.ts';
import type { Brand } from '../../../lambdas/shared/domain/brand.ts';
import { systemRandom } from '../../../lambdas/shared/domain/id.ts';
import { mailboxOf } from '../../../lambdas/shared/domain/mailbox.ts';
import { Refusal } from '../../../lambdas/shared/domain/refusal.ts';
import type { SendOutcome } from '../../../lambdas/shared/mail/send-mail.ts';
import { announceSpent } from '../../../lambdas/shared/store/alert-store.ts';
import { bind } from '../../../lambdas/shared/store/bind.ts';
import { claimMail, releaseMail, settleMail } from '../../../lambdas/shared/store/mail-store.ts';
import { countMessage, countUp } from '../../../lambdas/shared/store/rate-store.ts';
import { openTables, type Tables } from '../../../lambdas/shared/store/tables.ts';
import { noteText } from '../../../lambdas/shared/store/text-store.ts';
import { startDynamodbEmulator } from '../../../local/services/dynamodb/emulator.ts';

const accepted: SendOutcome = { outcome: 'accepted', messageId: 'm-1' };

/** The real store on a DynamoDB of its own. */
export interface DeliveryWorld {
  readonly tables: Tables;
  readonly store: DeliveryDeps['store'];
  /** The tables themselves, past the store. */
  readonly past: DynamoDBDocumentClient;
  readonly stop: () => void;
}

/** Tables for the delivery of mails and texts against the real store: only the services that send are played. */
export async function startDeliveryWorld(): Promise<DeliveryWorld> {
  const emulator = await startDynamodbEmulator('memory');
  const client = new DynamoDBClient({
    endpoint: emulator.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const tables = openTables({
    AWS_ENDPOINT_URL_DYNAMODB: emulator.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    DIRECTORY_TABLE: 'Directory',
    SESSIONS_TABLE: 'Sessions',
  });
  for (const TableName of [tables.directory, tables.sessions]) {
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
      }),
    );
  }
  const store = bind(tables, {
    claimMail,
    releaseMail,
    settleMail,
    noteText,
    countUp,
    countMessage,
    announceSpent,
  });
  return { tables, store, past: DynamoDBDocumentClient.from(client), stop: () => emulator.stop() };
}

/** Services that give these answers and then accept; `sent` is what they got, `lines` what was logged. */
export function outbox(brand: Brand, store: DeliveryDeps['store'], ...answers: readonly SendOutcome[]) {
  const sent: string[] = [];
  const lines: string[] = [];
  const deps: DeliveryDeps = {
    brand,
    random: systemRandom,
    store,
    lookups: { mailboxHashOf: (address) => `hash of ${mailboxOf(address)}` },
    send: async (addressed) => {
      const message = 'mail' in addressed ? addressed.mail : addressed.text;
      sent.push(`${message.kind} ${addressed.to} ${'code' in message ? message.code : ''}`.trim());
      await new Promise((resolve) => setTimeout(resolve, 20));
      return answers[sent.length - 1] ?? accepted;
    },
    log: (level, message, fields) => lines.push(JSON.stringify({ level, message, ...fields })),
  };
  return { deps, sent, lines };
}

/** Delivers, and answers what became of it: the code of the refusal where it has to be tried again. */
export function outcomeOf(deps: DeliveryDeps, eventId: string, addressed: Addressed, now: number): Promise<string> {
  return deliverMail(deps, eventId, addressed, now).catch((error) =>
    error instanceof Refusal ? error.code : Promise.reject(error),
  );
}
