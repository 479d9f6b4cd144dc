import { createHash, randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ConfigurationError } from '../brands/configuration-error.ts';
import { tableName } from '../lib/names.ts';
import { runTool } from './run-tool.ts';
import { select } from './select.ts';

/** Secrets of one client that are valid at a time: the new one, and the last until every instance of the client has it. */
const MAX_SECRETS = 2;

/** SHA-256 in base64url: enough for a secret of 256 random bits, of which no dictionary exists (DESIGN section 3). */
function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Newest first; what is beyond the second is no longer accepted. */
export function rotated(hashes: readonly string[], newest: string, keepPrevious: boolean): readonly string[] {
  return [newest, ...(keepPrevious ? hashes : [])].slice(0, MAX_SECRETS);
}

/**
 * Makes a secret for a client and stores its hash beside the previous one's. The secret itself is stored nowhere.
 *
 * @returns the secret, 43 characters of base64url.
 * @throws ConfigurationError if somebody else changed the client's secrets meanwhile.
 */
async function issueSecret(
  db: DynamoDBDocumentClient,
  table: string,
  clientId: string,
  keepPrevious: boolean,
): Promise<string> {
  const key = { TableName: table, Key: { pk: `CLIENT#${clientId}`, sk: '#' } };
  const { Item } = await db.send(new GetCommand({ ...key, ConsistentRead: true }));
  const previous = Item?.secretHashes as readonly string[] | undefined;
  const secret = randomBytes(32).toString('base64url');
  const next = rotated(previous ?? [], hash(secret), keepPrevious);
  try {
    await db.send(
      new UpdateCommand({
        ...key,
        UpdateExpression: 'SET secretHashes = :next',
        ...(previous === undefined
          ? { ConditionExpression: 'attribute_not_exists(secretHashes)', ExpressionAttributeValues: { ':next': next } }
          : {
              ConditionExpression: 'secretHashes = :previous',
              ExpressionAttributeValues: { ':next': next, ':previous': previous },
            }),
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    throw new ConfigurationError(`the secrets of ${clientId} changed while a new one was made; run this again`);
  }
  return secret;
}

/**
 * A new secret for a confidential client, printed once:
 *
 *     node bin/client-secret.ts --brand northwind --stage prod --client northwind-backend
 *
 * The previous secret stays valid until the next run; `--revoke-previous` ends it at once (after a leak).
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      brand: { type: 'string' },
      stage: { type: 'string' },
      client: { type: 'string' },
      'revoke-previous': { type: 'boolean', default: false },
    },
  });
  const { brands } = await import('../brands/brands.ts');
  if (values.brand === undefined || values.stage === undefined) {
    throw new ConfigurationError('--brand and --stage must say which deployment');
  }
  const [selected] = select(brands, values);
  if (selected === undefined) throw new Error('a brand and a stage select one deployment');
  const { brand, stage } = selected;
  const holders = brand.clients.filter(({ authentication }) => authentication.startsWith('client_secret_'));
  const confidential = holders.map(({ id }) => id);
  if (values.client === undefined || !confidential.includes(values.client)) {
    throw new ConfigurationError(`--client must be one of ${confidential.join(', ')}`);
  }
  const db = DynamoDBDocumentClient.from(new DynamoDBClient({ region: brand.stages[stage].region }));
  const table = tableName(selected, 'Directory');
  console.log(await issueSecret(db, table, values.client, !values['revoke-previous']));
  console.error(`This is the only time that the secret of ${values.client} is shown.`);
}

if (import.meta.main) await runTool(main);
