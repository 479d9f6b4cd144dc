import { Duration } from 'aws-cdk-lib';
import { FilterPattern, type IFilterPattern, type JsonPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { deploymentName } from '../names.ts';
import type { CapabilityFunction } from './capability-function.ts';
import { OperatorAlarm } from './operator-alarm.ts';

interface Lines {
  /** Name of the metric and of the alarm. */
  readonly name: string;
  readonly pattern: IFilterPattern;
  readonly description: string;
  /** More lines than this in five minutes raise the alarm. */
  readonly above: number;
}

const says = (message: string): JsonPattern => FilterPattern.stringValue('$.message', '=', message);
const said = (...messages: readonly string[]) => FilterPattern.any(...messages.map(says));
const because = (comparison: '=' | '!=', reason: string) => FilterPattern.stringValue('$.reason', comparison, reason);

/** What the log of a function says that somebody has to know. */
const lines: { readonly [capability: string]: readonly Lines[] } = {
  mailer: [
    {
      name: 'messages-held',
      pattern: said('mail.held', 'text.guarded'),
      description: 'Mails or texts are used up, of the hour, the day or a range: some are not sent',
      above: 0,
    },
    {
      name: 'notices-many',
      pattern: said('notices.many'),
      description:
        'More notices to owners went out in an hour than codes may: an attack on many accounts, or a mistake',
      above: 0,
    },
    {
      name: 'messages-lost',
      pattern: said('mail.unclear', 'mail.rejected', 'text.unclear'),
      description: 'Mails or texts were given up: the services do not answer, or do not take them',
      above: 4,
    },
    {
      name: 'texts-unused',
      pattern: said('text.unused'),
      description: 'Hardly any code that was texted to a range of numbers is used: somebody earns on texts',
      above: 0,
    },
    {
      name: 'texts-refused',
      // A number that opted out or does not exist concerns its owner alone.
      pattern: FilterPattern.all(
        says('text.rejected'),
        because('!=', 'ConflictException'),
        because('!=', 'ValidationException'),
      ),
      description: 'The SMS service takes no texts from us: a quota, a permission or a sender is at an end',
      above: 0,
    },
  ],
  publisher: [
    {
      name: 'attack-noticed',
      pattern: said('attack.noticed'),
      description: 'So many wrong tries or sign-ups come from one neighbourhood that it is asked for work',
      above: 0,
    },
  ],
  login: [
    {
      name: 'sign-ins-challenged',
      pattern: FilterPattern.stringValue('$.code', '=', 'challenge_required'),
      description: 'Many sign-ins are asked for a proof of work: an attack on passwords',
      above: 499,
    },
  ],
  registration: [
    {
      name: 'sign-ups-challenged',
      pattern: FilterPattern.stringValue('$.code', '=', 'challenge_required'),
      description: 'Many sign-ups are asked for a proof of work: a flood of sign-ups',
      above: 199,
    },
  ],
};

/** Counts what a function's log says that somebody has to know, and raises an alarm where it is too much. */
export class LogAlarms extends Construct {
  constructor(fn: CapabilityFunction, topic: ITopic) {
    const { deploymentStack, capability, logGroup } = fn;
    super(deploymentStack, `${capability.name}-log-alarms`);
    const { deployment } = deploymentStack;
    for (const { name, pattern, description, above } of lines[capability.name] ?? []) {
      const filter = new MetricFilter(this, `${name}-lines`, {
        logGroup,
        filterPattern: pattern,
        metricNamespace: `Latchkey/${deploymentName(deployment)}`,
        metricName: name,
        metricValue: '1',
      });
      const metric = filter.metric({ period: Duration.minutes(5), statistic: 'Sum' });
      new OperatorAlarm(this, name, deployment, topic, { name, description, metric, above });
    }
  }
}
