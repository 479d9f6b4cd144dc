import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { capabilities } from '../../bin/capabilities.ts';
import type { Resource, SynthesizedDeployment } from './assembly.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const runbook = readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8');
/** Everything that functions are made of, as one text. */
const sources = readdirSync(join(ROOT, 'lambdas'), { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile() && /\.tsx?$/.test(file.name))
  .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
  .join('\n');

/** What somebody is told of, and by which way (CHECKS INF7). */
export function alarmChecks(deployment: SynthesizedDeployment): void {
  const { name, brand, place } = deployment;
  const alarms = deployment.of('AWS::CloudWatch::Alarm');
  const called = ({ Properties }: Resource) => String(Properties.AlarmName).slice(name.length + 1);
  const byName = (wanted: string) => alarms.find((alarm) => called(alarm) === wanted)?.Properties;
  const texts = brand.authentication.sms !== undefined;

  test('INF7: one topic, under a key of its own that rotates, for CloudWatch of this account and its alarms alone', () => {
    const [topic, ...more] = deployment.of('AWS::SNS::Topic');
    expect(more).toEqual([]);
    const [key] = deployment.stack('messaging').of('AWS::KMS::Key');
    expect(key?.Properties.EnableKeyRotation).toBe(true);
    expect(JSON.stringify(topic?.Properties.KmsMasterKeyId)).toContain(String(key?.id));
    const statements = deployment.of('AWS::SNS::TopicPolicy')[0]?.Properties.PolicyDocument.Statement;
    const publishing = statements.filter(({ Effect }: { readonly Effect: string }) => Effect === 'Allow');
    expect(publishing).toHaveLength(1);
    expect(publishing[0].Principal).toEqual({ Service: 'cloudwatch.amazonaws.com' });
    expect(JSON.stringify(publishing[0].Condition)).toContain(`:alarm:${name}-*`);
    const plain = statements.find(({ Effect }: { readonly Effect: string }) => Effect === 'Deny');
    expect(plain.Condition).toEqual({ Bool: { 'aws:SecureTransport': 'false' } });
    const ofCloudWatch = JSON.stringify(
      key?.Properties.KeyPolicy.Statement.filter(
        ({ Principal }: { readonly Principal: object }) => 'Service' in Principal,
      ),
    );
    expect(ofCloudWatch).toContain('cloudwatch.amazonaws.com');
    expect(ofCloudWatch).toContain('aws:SourceAccount');
  });

  test('INF7: whoever the stage names is told, and nobody else', () => {
    const subscriptions = deployment.of('AWS::SNS::Subscription').map(({ Properties }) => Properties);
    expect(subscriptions.map(({ Protocol, Endpoint }) => [Protocol, Endpoint])).toEqual(
      place.alarmsTo === undefined ? [] : [['email', place.alarmsTo]],
    );
  });

  test('INF7: each alarm goes to the topic, has a name of the deployment, a word and an entry in the runbook', () => {
    expect(alarms.length).toBeGreaterThan(10);
    for (const alarm of alarms) {
      const { AlarmName, AlarmDescription, AlarmActions, ActionsEnabled, TreatMissingData } = alarm.Properties;
      expect(AlarmName).toMatch(new RegExp(`^${name}-`));
      expect(AlarmDescription.length).toBeGreaterThan(20);
      expect(JSON.stringify(AlarmActions), AlarmName).toMatch(/Topic/);
      expect(AlarmActions).toHaveLength(1);
      expect(ActionsEnabled).not.toBe(false);
      expect(['notBreaching', 'missing']).toContain(TreatMissingData);
      const word = called(alarm).endsWith('-dead-letters') ? 'dead-letters' : called(alarm);
      expect(runbook, called(alarm)).toContain(`\`${word}\``);
    }
  });

  test('INF7, F11: a dead letter of any function is told of', () => {
    const queues = deployment.of('AWS::SQS::Queue');
    const given = alarms.filter((alarm) => called(alarm).endsWith('-dead-letters'));
    expect(given).toHaveLength(queues.length);
    expect(given.map(called).toSorted()).toEqual(
      capabilities
        .filter(({ trigger }) => trigger.kind !== 'http')
        .map((capability) => `${capability.name}-dead-letters`)
        .toSorted(),
    );
    for (const { Properties } of given) {
      expect(Properties).toMatchObject({
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        Statistic: 'Maximum',
      });
    }
  });

  test('INF7: what the log says is counted by lines that the code writes', () => {
    const filters = deployment.of('AWS::Logs::MetricFilter').map(({ Properties }) => String(Properties.FilterPattern));
    const said = filters.flatMap((pattern) =>
      [...pattern.matchAll(/\$\.message = "([^"]+)"/g)].map(([, line]) => line),
    );
    expect(said.length).toBeGreaterThan(4);
    for (const line of said) {
      const [channel = '', what = ''] = String(line).split('.');
      // Lines about a message are made of its channel and what became of it.
      const madeUp = ['mail', 'text'].includes(channel) && sources.includes(`'${what}'`);
      expect([line, madeUp || sources.includes(`'${line}'`)]).toEqual([line, true]);
    }
  });

  test('INF7, F16: 5xx, bounces, complaints and consumers that lag are told of', () => {
    expect(byName('server-errors')).toMatchObject({ Namespace: 'AWS/ApiGateway', MetricName: '5xx' });
    for (const consumer of ['mailer', 'publisher']) {
      expect(byName(`${consumer}-lags`)).toMatchObject({ MetricName: 'IteratorAge', Statistic: 'Maximum' });
    }
    expect(byName('mail-bounces')).toMatchObject({ Namespace: 'AWS/SES', MetricName: 'Reputation.BounceRate' });
    expect(byName('mail-complaints')).toMatchObject({ Namespace: 'AWS/SES', MetricName: 'Reputation.ComplaintRate' });
  });

  test('RL3: the spend on texts is not green where nobody measures it', () => {
    const spend = byName('text-spend');
    if (!texts) return expect(spend).toBeUndefined();
    expect(spend).toMatchObject({
      Namespace: 'AWS/SMSVoice',
      MetricName: 'TextMessageMonthlySpend',
      Statistic: 'Maximum',
      TreatMissingData: 'missing',
      InsufficientDataActions: spend.AlarmActions,
    });
    expect(spend.Dimensions).toBeUndefined();
  });
}
