import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Capability, RingName, TableName } from '../../lambdas/shared/domain/capability.ts';
import type { DataStack } from '../data-stack.ts';
import type { Deployment, DeploymentStack } from '../deployment.ts';
import type { KeysStack } from '../keys-stack.ts';
import type { MessagingStack } from '../messaging-stack.ts';
import { deploymentName } from '../names.ts';
import { itemStatements } from './item-statements.ts';

/** What functions work with. */
export interface Surroundings {
  readonly keys: KeysStack;
  readonly data: DataStack;
  readonly messaging: MessagingStack;
  /** Origin of the API: `iss` of every token and the base of every link. */
  readonly issuer: string;
  /** Folder of each capability's asset. */
  readonly assets: ReadonlyMap<string, string>;
}

/**
 * One capability as a function with a role of its own. The role holds what `capability.ts` declares and nothing else:
 * no managed policy, no permission shared with a neighbour. So does the environment: names and ARNs, never a secret
 * (CHECKS INF6).
 */
export class CapabilityFunction extends LambdaFunction {
  readonly capability: Capability;
  readonly deploymentStack: DeploymentStack;

  constructor(scope: DeploymentStack, capability: Capability, surroundings: Surroundings) {
    const { name } = capability;
    const asset = surroundings.assets.get(name);
    if (asset === undefined) throw new Error(`no asset for ${name}`);
    const logGroup = new LogGroup(scope, `${name}-logs`, {
      retention: scope.policy.logRetention,
      removalPolicy: scope.policy.removal,
    });
    const role = functionRole(scope, capability, surroundings, logGroup);
    super(scope, name, {
      functionName: `${deploymentName(scope.deployment)}-${name}`,
      description: capability.summary,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(asset),
      memorySize: capability.memory,
      timeout: Duration.seconds(capability.timeout),
      environment: environment(scope.deployment, capability, surroundings),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      ...(scope.policy.reserveConcurrency &&
        capability.reserved !== undefined && { reservedConcurrentExecutions: capability.reserved }),
    });
    this.capability = capability;
    this.deploymentStack = scope;
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray has no resources: PutTraceSegments and PutTelemetryRecords can be granted on * alone.',
    });
  }
}

/** Only what this function needs to know; each name appears only where the capability uses what it names. */
function environment(
  { brand, place }: Deployment,
  { name, trigger, items, opens, makes, sends, asks }: Capability,
  { keys, data, messaging, issuer }: Surroundings,
): Record<string, string> {
  const { edge = 'none' } = place;
  const rings = [...(opens ?? []), ...(makes ?? [])];
  return {
    ISSUER: issuer,
    ...(trigger.kind === 'http' && edge !== 'none' && { EDGE: edge }),
    ...(items.Directory && { DIRECTORY_TABLE: data.tables.Directory.tableName }),
    ...(items.Sessions && { SESSIONS_TABLE: data.tables.Sessions.tableName }),
    ...(items.Vault && { VAULT_TABLE: data.tables.Vault.tableName }),
    ...(rings.length > 0 && { VAULT_KEY_ARN: keys.vaultKey.keyArn }),
    ...(trigger.kind === 'streams' &&
      trigger.buries && { DEAD_LETTER_QUEUE_URL: messaging.deadLetters.get(name)?.queueUrl ?? '' }),
    ...(sends === 'events' && { EVENT_BUS_NAME: messaging.bus.eventBusName }),
    ...(sends === 'mail' && { MAIL_CONFIGURATION_SET: messaging.mail.configurationSet.configurationSetName }),
    ...(asks?.includes('breached-passwords') &&
      brand.passwords.breaches.ask && { PWNED_ENDPOINT: 'https://api.pwnedpasswords.com' }),
    ...(sends === 'mail' && messaging.texts && { TEXT_CONFIGURATION_SET: messaging.texts.configurationSetName }),
  };
}

function functionRole(
  scope: DeploymentStack,
  { name, items, opens, makes, sends }: Capability,
  { keys, data, messaging }: Surroundings,
  logGroup: LogGroup,
): Role {
  const role = new Role(scope, `${name}-role`, {
    description: `What ${name} of ${deploymentName(scope.deployment)} may do`,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  const grant = (statement: PolicyStatement) => role.addToPrincipalPolicy(statement);
  grant(
    new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
  );
  for (const table of Object.keys(items) as TableName[]) {
    itemStatements(data.tables[table].tableArn, items[table]).forEach(grant);
  }
  for (const ring of opens ?? []) grant(ringStatement('kms:Decrypt', ring, keys));
  for (const ring of makes ?? []) grant(ringStatement('kms:GenerateDataKey', ring, keys));
  if (sends === 'mail') grant(mailStatement(scope, messaging));
  if (sends === 'mail' && messaging.texts) {
    grant(new PolicyStatement({ actions: ['sms-voice:SendTextMessage'], resources: [...messaging.texts.resources] }));
  }
  if (sends === 'events') {
    grant(new PolicyStatement({ actions: ['events:PutEvents'], resources: [messaging.bus.eventBusArn] }));
  }
  return role;
}

/** A ring opens only under its own name, which KMS binds to the wrapped key as encryption context. */
function ringStatement(action: string, ring: RingName, { vaultKey }: KeysStack): PolicyStatement {
  return new PolicyStatement({
    actions: [action],
    resources: [vaultKey.keyArn],
    conditions: { StringEquals: { 'kms:EncryptionContext:ring': ring } },
  });
}

/** Mail of this brand, from its one address and through its one configuration set (CHECKS INF1). */
function mailStatement(scope: DeploymentStack, { mail }: MessagingStack): PolicyStatement {
  return new PolicyStatement({
    actions: ['ses:SendEmail', 'ses:SendRawEmail'],
    resources: [
      mail.identity.emailIdentityArn,
      scope.formatArn({
        service: 'ses',
        resource: 'configuration-set',
        resourceName: mail.configurationSet.configurationSetName,
      }),
    ],
    conditions: { StringEquals: { 'ses:FromAddress': scope.deployment.brand.sender.from } },
  });
}
