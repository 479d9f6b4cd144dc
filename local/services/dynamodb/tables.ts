import {
  type AttributeValue,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  DynamoDBServiceException,
  ResourceNotFoundException,
  ScanCommand,
  type TableDescription,
  UpdateTableCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { Deployment, Resource } from '../../assembly/deployment.ts';
import { STREAM_LABEL } from '../../assembly/identities.ts';
import { refuse } from '../../refusal.ts';

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const Projection = z.object({
  ProjectionType: z.enum(['ALL', 'INCLUDE', 'KEYS_ONLY']).optional(),
  NonKeyAttributes: z.array(z.string()).optional(),
});
const GlobalTable = z.object({
  KeySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string(), KeySchema, Projection })).optional(),
  StreamSpecification: z
    .object({ StreamViewType: z.enum(['NEW_AND_OLD_IMAGES', 'NEW_IMAGE', 'OLD_IMAGE', 'KEYS_ONLY']) })
    .optional(),
  Replicas: z.array(
    z.object({
      Region: z.string(),
      SSESpecification: z.object({ KMSMasterKeyId: z.string() }).optional(),
    }),
  ),
});

/** A table of the deployment. */
export interface Table {
  readonly name: string;
  readonly logicalId: string;
  readonly arn: string;
  /** ARN of its stream as the template knows it, which is what functions see. */
  readonly streamArn: string | undefined;
  readonly partitionKey: string;
  /** ARN of the customer-managed key that encrypts it in this region. */
  readonly keyArn: string | undefined;
}

/** The tables that the templates declare. */
export function readTables(deployment: Deployment): readonly Table[] {
  return deployment.ofType('AWS::DynamoDB::GlobalTable').map((resource) => {
    const table = resource.read(GlobalTable);
    const replica = table.Replicas.find(({ Region }) => Region === deployment.place.region);
    return {
      name: resource.ref,
      logicalId: resource.logicalId,
      arn: resource.arn,
      streamArn: table.StreamSpecification && `${resource.arn}/stream/${STREAM_LABEL}`,
      partitionKey: table.KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '',
      keyArn: replica?.SSESpecification?.KMSMasterKeyId,
    };
  });
}

/** A client that speaks to the emulator directly, for the local cloud's own work. DynamoDB Local checks no signature. */
export function emulatorClient(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: 'localcloud', secretAccessKey: 'localcloud' };
  return new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
}

/** Creates the tables that are missing and turns streams on; refuses one whose keys have changed since its data was written. */
export async function reconcileTables(client: DynamoDBClient, deployment: Deployment): Promise<void> {
  await Promise.all(deployment.ofType('AWS::DynamoDB::GlobalTable').map((resource) => reconcile(client, resource)));
}

async function reconcile(client: DynamoDBClient, resource: Resource): Promise<void> {
  const declared = resource.read(GlobalTable);
  const stream = declared.StreamSpecification && { StreamEnabled: true, ...declared.StreamSpecification };
  const existing = await describe(client, resource.ref);
  if (existing === undefined) {
    await client.send(
      new CreateTableCommand({
        TableName: resource.ref,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: declared.KeySchema,
        AttributeDefinitions: declared.AttributeDefinitions,
        GlobalSecondaryIndexes: declared.GlobalSecondaryIndexes,
        StreamSpecification: stream,
      }),
    );
    await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { TableName: resource.ref });
    return;
  }
  if (shape(existing.KeySchema) !== shape(declared.KeySchema) || indexes(existing) !== indexes(declared)) {
    refuse(`Table ${resource.ref} was made with other keys or indexes than the template has now: start with --fresh.`);
  }
  if (stream !== undefined && existing.StreamSpecification?.StreamViewType !== stream.StreamViewType) {
    await client.send(new UpdateTableCommand({ TableName: resource.ref, StreamSpecification: stream }));
  }
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    if (error instanceof DynamoDBServiceException && error.$fault === 'server') {
      refuse('DynamoDB Local cannot read its data, which may be damaged: start with --fresh to forget all local data.');
    }
    throw error;
  }
}

function shape(
  keys: readonly { AttributeName?: string | undefined; KeyType?: string | undefined }[] | undefined,
): string {
  return (keys ?? []).map(({ AttributeName, KeyType }) => `${KeyType}=${AttributeName}`).join();
}

function indexes(table: Pick<TableDescription, 'GlobalSecondaryIndexes'> | z.infer<typeof GlobalTable>): string {
  return (table.GlobalSecondaryIndexes ?? [])
    .map((index) => `${index.IndexName}(${shape(index.KeySchema)})`)
    .sort()
    .join();
}

/** Every item of a table, in DynamoDB JSON. */
export async function scanTable(
  client: DynamoDBClient,
  name: string,
): Promise<readonly Record<string, AttributeValue>[]> {
  const items: Record<string, AttributeValue>[] = [];
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: name, ExclusiveStartKey: start, ConsistentRead: true }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}
