import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Where the work of one function goes that all its tries could not do. Fourteen days is the longest that SQS keeps. */
export class DeadLetterQueue extends Queue {
  /**
   * @param name of the queue; also begins the names of the EventBridge rules that may write to it.
   */
  constructor(scope: Construct, id: string, name: string) {
    super(scope, id, {
      queueName: name,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    // Rules live in the api stack; naming them by pattern keeps this stack from depending on it in a circle.
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'RulesOfThisDeployment',
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queueArn],
        conditions: {
          ArnEquals: {
            'aws:SourceArn': Stack.of(this).formatArn({ service: 'events', resource: 'rule', resourceName: name }),
          },
        },
      }),
    );
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This queue is itself the dead-letter queue of a function; nothing consumes it automatically.',
    });
  }
}
