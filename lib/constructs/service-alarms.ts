import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { DeploymentStack } from '../deployment.ts';
import type { CapabilityFunction } from './capability-function.ts';
import { OperatorAlarm } from './operator-alarm.ts';

/** Milliseconds that a record may wait for its consumer: half the life of a code. */
const longestWait = 300_000;
const period = Duration.minutes(5);

/** Alarms on what AWS itself counts: answers of ours that are failures, and consumers that lag behind. */
export class ServiceAlarms extends Construct {
  private readonly stack: DeploymentStack;
  private readonly topic: ITopic;

  constructor(scope: DeploymentStack, id: string, topic: ITopic) {
    super(scope, id);
    this.stack = scope;
    this.topic = topic;
  }

  /** Faults of ours, tables and keys that do not answer, functions that are not free: a caller sees a 5xx for each. */
  onServerErrors(api: HttpApi): void {
    new OperatorAlarm(this, 'ServerErrors', this.stack.deployment, this.topic, {
      name: 'server-errors',
      description: 'The API answers with 5xx: a fault of ours, or a service behind it does not answer',
      metric: api.metricServerError({ period, statistic: 'Sum' }),
      above: 4,
    });
  }

  /** A stream that is not read: mails do not come, events are late. */
  onLag(fn: CapabilityFunction): void {
    const { name } = fn.capability;
    new OperatorAlarm(this, `${name}Lags`, this.stack.deployment, this.topic, {
      name: `${name}-lags`,
      description: `${name} is more than five minutes behind: it fails, or what it sends to does not take it`,
      metric: fn.metric('IteratorAge', { period, statistic: 'Maximum' }),
      above: longestWait,
    });
  }
}
