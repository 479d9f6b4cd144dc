import { expect, test } from 'vitest';
import type { SynthesizedDeployment } from './assembly.ts';

/** Tables, keys, queues and logs of a deployment (CHECKS INF2, INF3). */
export function storageChecks(deployment: SynthesizedDeployment): void {
  const { place, stage, name } = deployment;
  const prod = stage === 'prod';
  const policy = prod ? 'Retain' : 'Delete';
  const tables = deployment.stack('data').of('AWS::DynamoDB::GlobalTable');

  test('INF2: three tables, on demand, under a customer-managed multi-region key that rotates', () => {
    expect(tables.map(({ Properties }) => Properties.TableName).sort()).toEqual([
      `${name}-directory`,
      `${name}-sessions`,
      `${name}-vault`,
    ]);
    for (const { Properties } of tables) {
      expect(Properties.BillingMode).toBe('PAY_PER_REQUEST');
      expect(Properties.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
      expect(Properties).not.toHaveProperty('GlobalSecondaryIndexes');
      for (const { SSESpecification } of Properties.Replicas) {
        expect(JSON.stringify(SSESpecification.KMSMasterKeyId)).toContain('TableKey');
      }
    }
    const keys = deployment.stack('keys').of('AWS::KMS::Key');
    expect(keys).toHaveLength(2);
    for (const { Properties, DeletionPolicy } of keys) {
      expect(Properties).toMatchObject({
        MultiRegion: true,
        EnableKeyRotation: true,
        PendingWindowInDays: prod ? 30 : 7,
      });
      expect(DeletionPolicy).toBe(policy);
    }
  });

  test('INF2: deletion protection and RETAIN in prod, neither in dev', () => {
    for (const { Properties, DeletionPolicy, UpdateReplacePolicy } of tables) {
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual([policy, policy]);
      for (const replica of Properties.Replicas) expect(replica.DeletionProtectionEnabled).toBe(prod);
    }
  });

  test('INF2: point-in-time recovery on Directory alone, in every region; TTL on Sessions alone; streams where events are', () => {
    const by = Object.fromEntries(
      tables.map(({ Properties }) => [Properties.TableName.replace(`${name}-`, ''), Properties]),
    );
    const recovery = (table: string) =>
      by[table].Replicas.map(
        (replica: { PointInTimeRecoverySpecification?: { PointInTimeRecoveryEnabled: boolean } }) =>
          replica.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled ?? false,
      );
    expect(new Set(recovery('directory'))).toEqual(new Set([true]));
    expect(new Set([...recovery('sessions'), ...recovery('vault')])).toEqual(new Set([false]));
    expect(by.sessions.TimeToLiveSpecification).toEqual({ AttributeName: 'ttl', Enabled: true });
    expect(by.directory).not.toHaveProperty('TimeToLiveSpecification');
    expect(by.vault).not.toHaveProperty('TimeToLiveSpecification');
    for (const table of ['directory', 'sessions']) {
      expect(by[table].StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
    }
  });

  test('INF2: Directory and Vault are copied to the replica regions of the brand under replicas of the key, Sessions is not', () => {
    const expected = [place.region, ...place.replicas].sort();
    for (const { Properties } of tables) {
      const regions = Properties.Replicas.map(({ Region }: { Region: string }) => Region).sort();
      expect(regions, Properties.TableName).toEqual(
        Properties.TableName.endsWith('-sessions') ? [place.region] : expected,
      );
    }
    expect(deployment.of('AWS::KMS::ReplicaKey')).toHaveLength(2 * place.replicas.length);
    const keyStacks = deployment.stacks.filter(({ job }) => job === 'keys').map((stack) => stack.region);
    expect(keyStacks.sort()).toEqual(expected);
  });

  test('INF2: the key of the tables is usable through DynamoDB of its region alone', () => {
    for (const stack of deployment.stacks.filter(({ job }) => job === 'keys')) {
      const keys = [...stack.of('AWS::KMS::Key'), ...stack.of('AWS::KMS::ReplicaKey')];
      const open = keys.flatMap(({ id, Properties }) =>
        Properties.KeyPolicy.Statement.filter(
          (statement: { Principal: { AWS: unknown } }) => statement.Principal.AWS === '*',
        ).map((statement: { Condition: { StringEquals: { [key: string]: unknown } } }) => ({
          id,
          via: statement.Condition.StringEquals,
        })),
      );
      expect(open).toHaveLength(1);
      expect(open[0]?.id).toMatch(/^TableKey/);
      expect(open[0]?.via['kms:CallerAccount']).toEqual({ Ref: 'AWS::AccountId' });
      expect(JSON.stringify(open[0]?.via['kms:ViaService'])).toContain(`dynamodb.${stack.region}.`);
    }
  });

  test('INF3: no bucket to leave open; queues are encrypted and refuse plain HTTP', () => {
    expect(deployment.of('AWS::S3::Bucket')).toEqual([]);
    const queues = deployment.of('AWS::SQS::Queue');
    expect(queues.length).toBeGreaterThan(0);
    const policies = JSON.stringify(deployment.of('AWS::SQS::QueuePolicy'));
    for (const { id, Properties } of queues) {
      expect(Properties.SqsManagedSseEnabled).toBe(true);
      const denial = `{"Action":"sqs:*","Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny","Principal":{"AWS":"*"},"Resource":{"Fn::GetAtt":["${id}","Arn"]}}`;
      expect(policies).toContain(denial);
    }
  });

  test('INF2: in prod nobody deletes a stack with data or keys by accident', () => {
    for (const { job, terminationProtection } of deployment.stacks) {
      expect(terminationProtection).toBe(prod && (job === 'data' || job === 'keys'));
    }
  });

  test('LG4: every log has an end, and in prod outlives its stack', () => {
    const logs = deployment.of('AWS::Logs::LogGroup');
    expect(logs.length).toBeGreaterThan(0);
    for (const { Properties, DeletionPolicy } of logs) {
      expect(Properties.RetentionInDays).toBe(prod ? 180 : 14);
      expect(DeletionPolicy).toBe(policy);
    }
  });
}
