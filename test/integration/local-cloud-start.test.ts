import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { startCloud } from '../../local/cloud.ts';
import { lockDataFolder, openDataFolder } from '../../local/data-folder.ts';
import { startDynamodbEmulator } from '../../local/services/dynamodb/emulator.ts';
import { writeFixture } from './local-cloud-fixture.ts';
import { get, put, runFixture } from './local-cloud-run.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'local-cloud-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `npm start`'s script to its end. */
async function start(
  environment: Record<string, string>,
  options: readonly string[] = [],
): Promise<{ code: number | null; stderr: string; stdout: string }> {
  const child = spawn(process.execPath, ['local/start.ts', ...options], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
  let [stderr, stdout] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    stdout += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, stderr, stdout };
}

describe('a reason not to start is one sentence and exit code 1', () => {
  test('a brand or port that does not exist', async () => {
    expect(await start({ BRAND: '../acme' })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'BRAND "../acme" does not exist: it must be one of northwind, solmar.\n',
    });
    expect((await start({ PORT: 'eighty' })).stderr).toBe('PORT "eighty" is not a port number.\n');
    expect((await start({ EXAMPLE_PORT: '0' })).stderr).toBe('EXAMPLE_PORT "0" is not a port number.\n');
  });

  test('an option or a fixture that does not exist', async () => {
    const said = async (...options: string[]) => {
      const { code, stderr } = await start({}, options);
      return [code, stderr];
    };
    expect(await said('--quick')).toEqual([
      1,
      "Unknown option '--quick'. The options are --fresh, --https and --fixture FILE, as in npm start -- --fresh.\n",
    ]);
    expect(await said('--fixture', 'nowhere.json')).toEqual([1, 'The fixture nowhere.json cannot be read.\n']);
  });

  test('a port that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const { code, stderr } = await start({ PORT: String(port) });
    taken.close();
    expect([code, stderr]).toEqual([
      1,
      `Port ${port} is taken: choose another one, as in PORT=${port + 1} npm start.\n`,
    ]);
  });

  test('a machine without Java', async () => {
    const { code, stderr } = await start({ PATH: folder });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Java is missing: [^\n]+\n$/);
  });

  test('data that is damaged, or in use', async () => {
    const data = join(folder, 'damaged');
    mkdirSync(data);
    writeFileSync(join(data, 'kms.json'), '{');
    writeFileSync(join(data, 'mail.jsonl'), '{"id":"1"}\nnonsense\n');
    const opened = openDataFolder(data);
    expect(() => opened.read('kms')).toThrow(/kms\.json is damaged \(not JSON\): [^\n]+--fresh/);
    expect(() => opened.readJournal('mail')).toThrow(/mail\.jsonl is damaged/);
    writeFileSync(join(data, 'lock'), String(process.ppid));
    expect(() => lockDataFolder(data)).toThrow(/^Another local cloud \(process \d+\) is using /);
    writeFileSync(join(folder, 'file'), '');
    expect(() => lockDataFolder(join(folder, 'file', 'data'))).toThrow(/cannot be made a folder/);
  });

  test('a database that is no database', async () => {
    const data = join(folder, 'database');
    mkdirSync(data);
    writeFileSync(join(data, 'shared-local-instance.db'), 'nonsense'.repeat(100));
    const fixture = writeFixture();
    const outcome = await startDynamodbEmulator(data).then(
      async (dynamodb) => {
        const error = await startCloud({
          assembly: fixture.directory,
          brand: 'shop',
          dynamodbEndpoint: dynamodb.endpoint,
        }).catch(String);
        await dynamodb.stop();
        return error;
      },
      (error: unknown) => String(error),
    );
    fixture.remove();
    expect(outcome).toMatch(/^Refusal: DynamoDB Local [^\n]+--fresh/);
  });

  test('a template that it cannot run', async () => {
    const dynamodb = await startDynamodbEmulator('memory');
    const attempt = async (change: (resources: Record<string, unknown>) => void): Promise<string> => {
      const fixture = writeFixture(change);
      const outcome = await startCloud({
        assembly: fixture.directory,
        brand: 'shop',
        dynamodbEndpoint: dynamodb.endpoint,
      }).catch(String);
      fixture.remove();
      return String(outcome);
    };
    const refusals = [
      await attempt((resources) => {
        resources.Cache = { Type: 'AWS::ElastiCache::ServerlessCache' };
      }),
      await attempt((resources) => {
        delete resources.PatientPermission;
      }),
      await attempt((resources) => {
        resources.Role = { Type: 'AWS::IAM::Role', Properties: {} };
      }),
      await attempt((resources) => {
        delete resources.PatientFromRules;
      }),
    ];
    await dynamodb.stop();
    expect(refusals[0]).toMatch(
      /^Refusal: Stack shop-dev-eu-west-1-api has Cache of type AWS::ElastiCache::ServerlessCache, which/,
    );
    expect(refusals[1]).toMatch(
      /^Refusal: POST \/patient leads to shop-dev-patient, which apigateway.amazonaws.com has no permission to invoke/,
    );
    expect(refusals[3]).toMatch(
      /^Refusal: Rule shop-dev-\w+ leads to shop-dev-patient, which events.amazonaws.com has no permission/,
    );
    expect(refusals[2]).toMatch(
      /^Refusal: shop-dev-probe has an event source on shop-dev-directory, but its role may not dynamodb:DescribeStream/,
    );
  });
});

describe('processes and data', () => {
  test('DynamoDB Local ends when the process that started it is killed', async () => {
    const emulator = join(root, 'local/services/dynamodb/emulator.ts');
    const script = `const { startDynamodbEmulator } = await import(${JSON.stringify(emulator)});
      console.log((await startDynamodbEmulator('memory')).endpoint); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [endpoint] = await once(child.stdout.setEncoding('utf8'), 'data');
    expect((await fetch(String(endpoint).trim())).status).toBe(400);
    child.kill('SIGKILL');
    const gone = async () => {
      for (let tries = 0; tries < 100; tries++) {
        if (
          await fetch(String(endpoint).trim()).then(
            () => false,
            () => true,
          )
        )
          return true;
        await sleep(50);
      }
      return false;
    };
    expect(await gone()).toBe(true);
  });

  test('keys, mails and time outlive a restart', async () => {
    const data = join(folder, 'kept');
    const first = await runFixture(data);
    const { body } = await first.run({});
    const EncryptionContext = { ring: 'signing' };
    const { results } = await first.steps(
      ['kms', 'GenerateDataKey', { KeyId: body.environment.VAULT_KEY_ARN, KeySpec: 'AES_256', EncryptionContext }],
      [
        'ses',
        'SendEmail',
        {
          Source: 'no-reply@shop.example',
          Destination: { ToAddresses: ['kept@example.com'] },
          Message: { Subject: { Data: 'kept' }, Body: { Text: { Data: 't' } } },
        },
      ],
      put('USER#1'),
      get('USER#1'),
    );
    const key = results[0]?.[0];
    await first.desk('clock', { advance: 600 });
    await first.stop();
    const second = await runFixture(data);
    const opened = await second.steps([
      'kms',
      'Decrypt',
      { CiphertextBlob: { $bytes: key.CiphertextBlob }, EncryptionContext },
    ]);
    expect(opened.results[0]?.[0].Plaintext).toBe(key.Plaintext);
    expect((await second.desk('mail?to=kept@example.com')).length).toBe(1);
    expect(Date.parse((await second.desk('clock')).now) - Date.now()).toBeGreaterThan(590_000);
    await second.stop();
  });
});
