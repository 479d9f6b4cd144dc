import { setTimeout as sleep } from 'node:timers/promises';
import { type Cloud, startCloud } from '../../local/cloud.ts';
import type { CallReport } from '../../local/desk/call-report.ts';
import { startDynamodbEmulator } from '../../local/services/dynamodb/emulator.ts';
import { writeFixture } from './local-cloud-fixture.ts';

/** A call of the fixture's function: service, SDK command, its input. `{ $bytes: base64 }` stands for bytes. */
export type Step = readonly [service: 'dynamodb' | 'kms' | 'ses' | 'events', command: string, input: object];

/** What the function's reply holds. */
export interface Ran {
  readonly status: number;
  readonly headers: Headers;
  /** One list for each wave. Errors are `{ error, message, reasons }`. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies whose shape is what they test
  readonly results: readonly (readonly any[])[];
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly body: any;
  /** What `/_local/calls` says of it. */
  readonly report: CallReport | undefined;
}

export interface RunningFixture {
  readonly cloud: Cloud;
  readonly url: string;
  /** Has the function run a script; `path` chooses the function. */
  run(script: object, options?: { readonly path?: string; readonly headers?: Record<string, string> }): Promise<Ran>;
  /** Steps one after the other, each a wave of its own. */
  steps(...steps: readonly Step[]): Promise<Ran>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  desk(path: string, post?: object): Promise<any>;
  addFault(rule: object): Promise<string>;
  stop(): Promise<void>;
}

/** The fixture's cloud on a DynamoDB Local of its own. */
export async function runFixture(dataDir: string | 'memory' = 'memory'): Promise<RunningFixture> {
  const fixture = writeFixture();
  const dynamodb = await startDynamodbEmulator('memory');
  const cloud = await startCloud({
    assembly: fixture.directory,
    brand: 'shop',
    dynamodbEndpoint: dynamodb.endpoint,
    dataDir,
  });
  const { url } = cloud;

  const desk: RunningFixture['desk'] = async (path, post) => {
    const init = post === undefined ? {} : { method: 'POST', body: JSON.stringify(post) };
    const reply = await fetch(`${url}/_local/${path}`, { ...init, headers: { accept: 'application/json' } });
    return reply.json();
  };
  const run: RunningFixture['run'] = async (script, { path = '/run', headers = {} } = {}) => {
    const reply = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(script),
    });
    const text = await reply.text();
    const body = text.startsWith('{') ? JSON.parse(text) : text;
    const [report] = await desk(`calls?request=${reply.headers.get('x-local-request-id')}`);
    return { status: reply.status, headers: reply.headers, results: body.results ?? [], body, report };
  };
  return {
    cloud,
    url,
    run,
    steps: (...steps) => run({ steps: steps.map((step) => [step]) }),
    desk,
    async addFault(rule) {
      const { id, message } = await desk('faults', rule);
      if (id === undefined) throw new Error(message);
      return id;
    },
    async stop() {
      await cloud.stop();
      await dynamodb.stop();
      fixture.remove();
    },
  };
}

/** Looks every 50 ms, for 10 seconds at most, until there is something. */
export async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(50);
  }
  throw new Error('it did not happen within 10 seconds');
}

const TABLE = 'shop-dev-directory';

export const put = (pk: string, attributes: object = {}): Step => [
  'dynamodb',
  'PutItem',
  { TableName: TABLE, Item: { pk: { S: pk }, sk: { S: '#' }, ...attributes } },
];

export const get = (pk: string): Step => [
  'dynamodb',
  'GetItem',
  { TableName: TABLE, Key: { pk: { S: pk }, sk: { S: '#' } }, ConsistentRead: true },
];

/** A user whose write carries an event. */
export const putEvent = (pk: string, id: string, data = 'good'): Step =>
  put(pk, { event: { M: { id: { S: id }, data: { S: data } } } });
