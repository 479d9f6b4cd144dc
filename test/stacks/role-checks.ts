import { expect, test } from 'vitest';
import type { ItemVerb, TableName } from '../../lambdas/shared/domain/capability.ts';
import type { SynthesizedDeployment } from './assembly.ts';
import { deployedFunctions, list, type Statement } from './functions.ts';

const STREAM_READS = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];
const VERB_OF: { readonly [action: string]: ItemVerb } = {
  'dynamodb:GetItem': 'get',
  'dynamodb:BatchGetItem': 'get',
  'dynamodb:Query': 'query',
  'dynamodb:PutItem': 'put',
  'dynamodb:UpdateItem': 'update',
  'dynamodb:DeleteItem': 'delete',
  'dynamodb:ConditionCheckItem': 'check',
};

const actions = (statements: readonly Statement[]) => statements.flatMap(({ Action }) => list(Action));
const allowing = (statements: readonly Statement[], prefix: string) =>
  statements.filter(({ Action }) => list(Action).some((action) => action.startsWith(prefix)));

/** The table whose ARN an output of the data stack is named after. */
function tableOf(resource: unknown): TableName | undefined {
  return (['Directory', 'Sessions', 'Vault'] as const).find((table) =>
    JSON.stringify(resource).includes(`FnGetAtt${table}`),
  );
}

/** What each role of a deployment may do (CHECKS INF1). */
export function roleChecks(deployment: SynthesizedDeployment): void {
  const functions = deployedFunctions(deployment);
  const names = (of: (statements: readonly Statement[]) => boolean) =>
    functions.filter(({ statements }) => of(statements)).map(({ capability }) => capability.name);

  test('INF1: every function has a role of its own, without managed policies', () => {
    expect(new Set(functions.map(({ role }) => role.id)).size).toBe(functions.length);
    for (const { role } of functions) expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  test('INF1: no action is a pattern, and only X-Ray has the resource *', () => {
    for (const { statements } of functions) {
      for (const { Effect, Action, Resource } of statements) {
        expect(Effect).toBe('Allow');
        for (const action of list(Action)) expect(action).not.toContain('*');
        if (JSON.stringify(Resource).includes('*'))
          expect(list(Action).every((action) => action.startsWith('xray:Put'))).toBe(true);
      }
    }
  });

  test.each(functions.map((it) => [it.capability.name, it] as const))(
    'INF1: %s may do to items what its capability declares, and nothing else',
    (_name, { capability, statements }) => {
      const granted = new Set<string>();
      for (const { Action, Resource, Condition } of allowing(statements, 'dynamodb:')) {
        if (list(Action).every((action) => STREAM_READS.includes(action))) {
          expect(JSON.stringify(Resource)).toContain('StreamArn');
          continue;
        }
        // Without this pair a Scan, which has no key, would satisfy ForAllValues.
        expect(Condition?.Null).toEqual({ 'dynamodb:LeadingKeys': 'false' });
        const keys = list(Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']) as readonly string[];
        expect(keys.length).toBeGreaterThan(0);
        for (const action of list(Action)) {
          for (const key of keys) granted.add(`${VERB_OF[action]} ${key.replace(/#\*$/, '')} in ${tableOf(Resource)}`);
        }
      }
      const declared = Object.entries(capability.items).flatMap(([table, types]) =>
        Object.entries(types ?? {}).flatMap(([type, verbs]) =>
          (verbs ?? []).map((verb) => `${verb} ${type} in ${table}`),
        ),
      );
      expect([...granted].sort()).toEqual(declared.sort());
      const streams = capability.trigger.kind === 'streams' ? capability.trigger.tables.length : 0;
      expect(actions(statements).filter((action) => action === 'dynamodb:GetRecords').length > 0).toBe(streams > 0);
    },
  );

  test('INF1: a key ring is opened only under its name, the signing ring only by what issues and rotates', () => {
    for (const { capability, statements } of functions) {
      const rings = { 'kms:Decrypt': capability.opens ?? [], 'kms:GenerateDataKey': capability.makes ?? [] };
      for (const { Action, Resource, Condition } of allowing(statements, 'kms:')) {
        expect(JSON.stringify(Resource)).toContain('VaultKey');
        const ring = Condition?.StringEquals?.['kms:EncryptionContext:ring'];
        for (const action of list(Action)) expect(rings[action as keyof typeof rings]).toContain(ring);
      }
    }
    const signing = names((statements) => JSON.stringify(allowing(statements, 'kms:Decrypt')).includes('"signing"'));
    const tell = ['back-channel-logout', 'key-rotation', 'userinfo'];
    const letIn = ['login', 'passkey-login', 'registration', 'second-factor', 'token'];
    expect(signing.sort()).toEqual([...tell, ...letIn].sort());
    expect(names((statements) => actions(statements).includes('kms:GenerateDataKey'))).toEqual(['key-rotation']);
    expect(names((statements) => actions(statements).includes('kms:Sign'))).toEqual([]);
  });

  test('INF1: only the mailer sends mail, as this sender, and only the publisher puts events', () => {
    expect(names((statements) => allowing(statements, 'ses:').length > 0)).toEqual(['mailer']);
    const mailer = functions.find(({ capability }) => capability.name === 'mailer');
    const [statement, ...more] = allowing(mailer?.statements ?? [], 'ses:');
    expect(more).toEqual([]);
    expect(statement?.Action).toEqual(['ses:SendEmail', 'ses:SendRawEmail']);
    expect(statement?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': deployment.brand.sender.from } });
    expect(names((statements) => allowing(statements, 'events:').length > 0)).toEqual(['publisher']);
  });

  test('RL3: texts go only to the countries that the brand names, and only from its senders', () => {
    const countries = deployment.brand.authentication.sms?.countries;
    const mailer = functions.find(({ capability }) => capability.name === 'mailer');
    const [statement] = allowing(mailer?.statements ?? [], 'sms-voice:');
    const [protect] = deployment.of('AWS::SMSVOICE::ProtectConfiguration');
    if (countries === undefined) return expect([statement, protect]).toEqual([undefined, undefined]);
    expect(names((statements) => allowing(statements, 'sms-voice:').length > 0)).toEqual(['mailer']);
    expect(statement?.Action).toBe('sms-voice:SendTextMessage');
    expect(JSON.stringify(statement?.Resource)).not.toContain('*');
    const rules: readonly { readonly CountryCode: string; readonly ProtectStatus: string }[] =
      protect?.Properties.CountryRuleSet.SMS;
    expect(rules.length).toBeGreaterThan(200);
    const allowed = rules
      .filter(({ ProtectStatus }) => ProtectStatus === 'ALLOW')
      .map(({ CountryCode }) => CountryCode);
    expect(allowed.toSorted()).toEqual(Object.keys(countries).toSorted());
  });

  test('INF1: nobody but the mechanism of deployment and the gateway may invoke a function', () => {
    for (const { Properties } of deployment.stack('api').of('AWS::Lambda::Permission')) {
      expect(['apigateway.amazonaws.com', 'events.amazonaws.com']).toContain(Properties.Principal);
      expect(Properties.SourceArn).toBeDefined();
    }
  });
}
