import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import { deploymentName } from '../names.ts';

/**
 * Where the alarms of a deployment go, and from there to whom its stage names. Encrypted under a key of its own: under the
 * one that AWS manages CloudWatch may not publish ("Encryption for CloudWatch alarms", SNS developer guide).
 */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, deployment: Deployment) {
    const name = deploymentName(deployment);
    const stack = Stack.of(scope);
    const fromOwnAlarms = {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: {
        'aws:SourceArn': stack.formatArn({
          service: 'cloudwatch',
          resource: 'alarm',
          resourceName: `${name}-*`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      },
    };
    const cloudwatch = [new ServicePrincipal('cloudwatch.amazonaws.com')];
    const key = new Key(scope, `${id}Key`, {
      description: `Alarms of ${name} on their way`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
      pendingWindow: Duration.days(7),
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Alarms',
        principals: cloudwatch,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: fromOwnAlarms,
      }),
    );
    super(scope, id, {
      topicName: `${name}-alarms`,
      displayName: `Alarms of ${name}`,
      masterKey: key,
      enforceSSL: true,
    });
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Alarms',
        principals: cloudwatch,
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: fromOwnAlarms,
      }),
    );
    const { alarmsTo } = deployment.place;
    if (alarmsTo !== undefined) this.addSubscription(new EmailSubscription(alarmsTo));
  }
}
