import { Duration } from 'aws-cdk-lib';
import { Alarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type IFilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { deploymentName } from '../names.ts';
import type { CapabilityFunction } from './capability-function.ts';

interface Lines {
  /** Name of the metric and of the alarm. */
  readonly name: string;
  readonly pattern: IFilterPattern;
  /** What an operator reads; the runbook has an entry of the alarm's name. */
  readonly description: string;
  /** Lines in five minutes that raise the alarm. */
  readonly threshold: number;
}

const said = (...messages: readonly string[]) =>
  FilterPattern.any(...messages.map((message) => FilterPattern.stringValue('$.message', '=', message)));

/** What the log of a function says about abuse; nothing for those that meet none. */
const lines: { readonly [capability: string]: Lines } = {
  mailer: {
    name: 'messages-held',
    pattern: said('mail.held', 'text.guarded'),
    description: 'The mails or texts of this hour are used up: some are not sent',
    threshold: 1,
  },
  login: {
    name: 'sign-ins-challenged',
    pattern: FilterPattern.stringValue('$.code', '=', 'challenge_required'),
    description: 'Many sign-ins are asked for a proof of work: an attack on passwords',
    threshold: 500,
  },
  registration: {
    name: 'sign-ups-challenged',
    pattern: FilterPattern.stringValue('$.code', '=', 'challenge_required'),
    description: 'Many sign-ups are asked for a proof of work: a flood of sign-ups',
    threshold: 200,
  },
};

/** Counts what a function's log says about abuse, and raises an alarm where it is too much. */
export class AbuseAlarms extends Construct {
  constructor(fn: CapabilityFunction) {
    super(fn.deploymentStack, `${fn.capability.name}-abuse`);
    const watched = lines[fn.capability.name];
    if (watched === undefined) return;
    const { name, pattern, description, threshold } = watched;
    const deployment = deploymentName(fn.deploymentStack.deployment);
    const filter = new MetricFilter(this, 'Lines', {
      logGroup: fn.logGroup,
      filterPattern: pattern,
      metricNamespace: `Latchkey/${deployment}`,
      metricName: name,
      metricValue: '1',
    });
    new Alarm(this, 'Alarm', {
      alarmName: `${deployment}-${name}`,
      alarmDescription: description,
      metric: filter.metric({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
