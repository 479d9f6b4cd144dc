import { join } from 'node:path';
import { z } from 'zod';
import type { Brand } from '../lambdas/shared/domain/brand.ts';
import { createDeployment } from './assembly/deployment.ts';
import { readAssembly } from './assembly/read-assembly.ts';
import type { Certificate } from './certificate.ts';
import { readPackedBrand } from './clients/packed-brand.ts';
import { rebrand } from './clients/rebrand.ts';
import { seedClients } from './clients/seed-clients.ts';
import { seedInitialToken } from './clients/seed-initial-token.ts';
import { createClock } from './clock.ts';
import { openDataFolder } from './data-folder.ts';
import { type CallReport, callReport } from './desk/call-report.ts';
import { createDesk } from './desk/desk.ts';
import { type FrontDoor, openFrontDoor } from './front-door.ts';
import { createInvokeLater } from './functions/asynchronous.ts';
import type { ExecutionEnvironment } from './functions/execution-environment.ts';
import { readFunctions } from './functions/function-definition.ts';
import { createInvoker } from './functions/invoker.ts';
import { createLambdaFunction, type LambdaFunction } from './functions/lambda-function.ts';
import { createLogBook } from './functions/log-book.ts';
import { readApi } from './gateway/api-definition.ts';
import { createGateway } from './gateway/gateway.ts';
import { createAuthorizer } from './proxy/authorizer.ts';
import { startAwsProxy } from './proxy/aws-proxy.ts';
import { createFaultRules } from './proxy/fault-rules.ts';
import { createRing } from './ring.ts';
import { emulatorClient, readTables, reconcileTables } from './services/dynamodb/tables.ts';
import { runDeploymentTriggers } from './services/events/deployment-triggers.ts';
import { createServices } from './services/services.ts';
import { type Streams, startStreams } from './streams/streams.ts';

export interface CloudOptions {
  /** Folder of the cloud assembly (`cdk.out`). */
  readonly assembly: string;
  readonly brand: string;
  /** `dev` where it is left out. */
  readonly stage?: string;
  /** Where data, keys, mails and logs are kept; in memory where it is left out. */
  readonly dataDir?: string | 'memory';
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  /** Serves https by it. */
  readonly certificate?: Certificate;
  /** The origin in links and tokens, where it is not the one that is listened on. */
  readonly issuer?: string;
  /** Changes the brand as the functions of this cloud see it. */
  readonly rebrand?: (brand: Brand) => Brand;
  /** Secrets of clients by id; the others' are random. */
  readonly clientSecrets?: Readonly<Record<string, string>>;
  /** A running DynamoDB Local; table names of different brands and stages differ, so that clouds can share one. */
  readonly dynamodbEndpoint: string;
}

/** A running local cloud. Everything else about it is asked over HTTP, under `/_local/`. */
export interface Cloud {
  /** `http://localhost:<port>`, without a trailing slash: the issuer, unless another one was given. */
  readonly url: string;
  readonly issuer: string;
  /** For `npm run dev`, which puts new code in place. */
  readonly functions: readonly LambdaFunction[];
  stop(): Promise<void>;
}

const SavedClock = z.object({ offset: z.number() });
const KEPT_CALLS = 1_000;

/** Runs what `cdk synth` wrote for one brand and stage: its API, functions, tables, streams, mail and events. */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const door = await openFrontDoor(options.port ?? 0, options.certificate);
  const closing: (() => unknown)[] = [];
  const stop = async () => {
    await door.close();
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const { origin } = door;
    return { url: origin, issuer: options.issuer ?? origin, functions: await furnish(door, options, closing), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function furnish(
  door: FrontDoor,
  options: CloudOptions,
  closing: (() => unknown)[],
): Promise<readonly LambdaFunction[]> {
  const { assembly, brand, stage = 'dev', dataDir = 'memory', dynamodbEndpoint: endpoint } = options;
  const folder = openDataFolder(dataDir);
  const clock = createClock(SavedClock.safeParse(folder.read('clock')).data?.offset ?? 0);
  const deployment = createDeployment(readAssembly(assembly), `${brand}-${stage}`, options.issuer ?? door.origin);
  const { region, account } = deployment.place;

  const dynamodb = emulatorClient(endpoint);
  closing.push(() => dynamodb.destroy());
  const tables = readTables(deployment);
  await reconcileTables(dynamodb, deployment);

  const logs = createLogBook(clock, folder.path && join(folder.path, 'logs'));
  closing.push(() => logs.close());
  const faults = createFaultRules(new Map(tables.map(({ name, logicalId }) => [name, logicalId])));
  const authorizer = createAuthorizer(deployment);
  const calls = createRing<CallReport>(KEPT_CALLS);

  // Functions call services, and services call functions: the proxy looks both up when a call comes.
  const callers = new Map<string, ExecutionEnvironment>();
  const services = new Map();
  let streams: Streams | undefined;
  const proxy = await startAwsProxy({ services, callers, authorizer, faults, wrote: (names) => streams?.nudge(names) });
  closing.push(() => proxy.close());

  const definitions = readFunctions(deployment);
  if (options.rebrand) rebrand(definitions, options.rebrand);
  const surroundings = { region, proxy: proxy.origin, clock, logs, callers };
  const functions = new Map(
    definitions.map((definition) => [definition.name, createLambdaFunction(definition, surroundings)]),
  );
  closing.push(() => Promise.all([...functions.values()].map((entry) => entry.stop())));
  const invoker = createInvoker(functions, faults, clock, (report) => calls.push(callReport(report)));

  const rooms = createServices({
    deployment,
    tables,
    endpoint,
    folder,
    clock,
    invokeLater: (...event) => invokeLater(...event),
  });
  const invokeLater = createInvokeLater(invoker, rooms.queues, clock);
  for (const service of rooms.services) services.set(service.name, service);

  const packed = readPackedBrand(definitions);
  const directory = tables.find(({ logicalId }) => logicalId.startsWith('Directory'));
  const clients =
    packed && directory ? await seedClients(packed, folder, dynamodb, directory.name, options.clientSecrets) : [];

  const sessions = tables.find(({ logicalId }) => logicalId.startsWith('Sessions'));
  const initialToken =
    packed && sessions && (await seedInitialToken(packed, folder, dynamodb, sessions.name, clock.now()));

  streams = await startStreams({ deployment, endpoint, clock, folder, invoker, queues: rooms.queues, authorizer });
  closing.push(() => streams?.stop());
  await runDeploymentTriggers(deployment, invoker);
  rooms.schedules.start();
  closing.push(() => rooms.schedules.stop());
  const saveClock = () => folder.write('clock', { offset: clock.offset() });

  const gateway = createGateway(readApi(deployment), invoker, clock, account);
  const desk = createDesk({
    ...rooms,
    origin: door.origin,
    title: packed?.name ?? brand,
    clock,
    clients,
    initialToken,
    logs,
    faults,
    calls,
    invoker,
    tables,
    dynamodb,
    advance: (seconds) => rooms.schedules.advance(seconds).finally(saveClock),
  });
  door.open(gateway, desk);
  return [...functions.values()];
}
