import { createHash, randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ConfigurationError } from '../brands/configuration-error.ts';
import { tableName } from '../lib/names.ts';
import { runTool } from './run-tool.ts';
import { select } from './select.ts';

/** A token behind which clients register themselves (RFC 7591 section 3), and the item that knows it by its hash. */
export interface InitialAccessToken {
  readonly token: string;
  readonly item: {
    readonly pk: string;
    readonly sk: string;
    /** Clients that may still be registered with it. */
    readonly left: number;
    /** Epoch seconds, as is `ttl`. */
    readonly until: number;
    readonly ttl: number;
  };
}

/**
 * Makes a token for so many clients and so long, or the item of one that is there already.
 * @param until epoch seconds
 */
export function initialAccessToken(
  uses: number,
  until: number,
  token = `lki_${randomBytes(32).toString('base64url')}`,
): InitialAccessToken {
  const hash = createHash('sha256').update(token).digest('base64url');
  return { token, item: { pk: `REGISTRATION#${hash}`, sk: '#', left: uses, until, ttl: until + 86_400 } };
}

/** A whole number within bounds. @throws ConfigurationError */
export function bounded(name: string, text: string, max: number): number {
  const value = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > max) throw new ConfigurationError(`--${name} must be a number from 1 to ${max}`);
  return value;
}

/**
 * An initial access token, printed once:
 *
 *     node bin/initial-access-token.ts --brand northwind --stage prod --uses 5 --days 7
 *
 * It registers five clients within a week. It is stored nowhere but as a hash.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      brand: { type: 'string' },
      stage: { type: 'string' },
      uses: { type: 'string', default: '1' },
      days: { type: 'string', default: '7' },
    },
  });
  const { brands } = await import('../brands/brands.ts');
  if (values.brand === undefined || values.stage === undefined) {
    throw new ConfigurationError('--brand and --stage must say which deployment');
  }
  const [uses, days] = [bounded('uses', values.uses, 1000), bounded('days', values.days, 90)];
  const [selected] = select(brands, values);
  if (selected === undefined) throw new Error('a brand and a stage select one deployment');
  const { brand, stage } = selected;
  if (brand.dynamicRegistration === undefined) {
    throw new ConfigurationError(`brands/${brand.id}.ts: dynamicRegistration is not set, so that nobody registers`);
  }
  const { token, item } = initialAccessToken(uses, Math.floor(Date.now() / 1000) + days * 86_400);
  const db = DynamoDBDocumentClient.from(new DynamoDBClient({ region: brand.stages[stage].region }));
  await db.send(new PutCommand({ TableName: tableName(selected, 'Sessions'), Item: item }));
  console.log(token);
  console.error(`This is the only time that the token is shown. It registers ${uses} clients within ${days} days.`);
}

if (import.meta.main) await runTool(main);
