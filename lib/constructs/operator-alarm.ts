import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import { deploymentName } from '../names.ts';

interface OperatorAlarmProps {
  /** Behind the name of the deployment; the runbook has an entry of this name. */
  readonly name: string;
  /** What an operator reads first. */
  readonly description: string;
  readonly metric: IMetric;
  /** More than this raises it. */
  readonly above: number;
  /** What no data at all means: nothing happened, or nobody measures. The second is told of too. */
  readonly silence?: 'nothing' | 'unmeasured';
}

/** An alarm that somebody hears: it goes to the topic of its deployment (CHECKS INF7). */
export class OperatorAlarm extends Alarm {
  constructor(scope: Construct, id: string, deployment: Deployment, topic: ITopic, props: OperatorAlarmProps) {
    const { name, description, metric, above, silence = 'nothing' } = props;
    super(scope, id, {
      alarmName: `${deploymentName(deployment)}-${name}`,
      alarmDescription: description,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: silence === 'nothing' ? TreatMissingData.NOT_BREACHING : TreatMissingData.MISSING,
    });
    this.addAlarmAction(new SnsAction(topic));
    if (silence === 'unmeasured') this.addInsufficientDataAction(new SnsAction(topic));
  }
}
