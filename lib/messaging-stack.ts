import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Archive, EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Capability } from '../lambdas/shared/domain/capability.ts';
import { AlarmTopic } from './constructs/alarm-topic.ts';
import { DeadLetterQueue } from './constructs/dead-letter-queue.ts';
import { MailIdentity } from './constructs/mail-identity.ts';
import { OperatorAlarm } from './constructs/operator-alarm.ts';
import { TextSending } from './constructs/text-sending.ts';
import { type Deployment, DeploymentStack } from './deployment.ts';
import { deploymentName } from './names.ts';

/**
 * What functions send to: the mail identity, the way to text where the brand has one, the event bus with its archive, and a
 * dead-letter queue per consumer; and the topic that all alarms go to.
 */
export class MessagingStack extends DeploymentStack {
  /** Where alarms go. */
  readonly alarms: AlarmTopic;
  readonly mail: MailIdentity;
  readonly texts: TextSending | undefined;
  readonly bus: EventBus;
  /** By capability; those that answer HTTP requests have none, since the caller sees their failures. */
  readonly deadLetters: ReadonlyMap<string, DeadLetterQueue>;

  constructor(scope: Construct, deployment: Deployment, capabilities: readonly Capability[]) {
    const name = deploymentName(deployment);
    super(scope, 'messaging', deployment, { description: `Latchkey ${name}: mail, events, dead letters` });
    this.alarms = new AlarmTopic(this, 'AlarmTopic', deployment);
    this.mail = new MailIdentity(this, 'Mail', deployment);
    this.alarmOnReputation();
    const { sms } = deployment.brand.authentication;
    this.texts = sms && new TextSending(this, 'Texts', deployment, sms, this.alarms);
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: name,
      description: `What happened in ${name}, without personal data (contract/events)`,
    });
    new Archive(this, 'Archive', {
      archiveName: name,
      description: 'For replay to a consumer that had them wrong',
      sourceEventBus: this.bus,
      eventPattern: { account: [this.account] },
      retention: this.policy.eventArchive,
    });
    this.deadLetters = new Map(
      capabilities
        .filter(({ trigger }) => trigger.kind !== 'http')
        .map((capability) => [capability.name, this.deadLettersOf(capability)]),
    );
  }

  /** A queue, and an alarm on anything that is in it. */
  private deadLettersOf({ name }: Capability): DeadLetterQueue {
    const id = `${name}-dead-letters`;
    const queue = new DeadLetterQueue(this, id, `${deploymentName(this.deployment)}-${name}`);
    new OperatorAlarm(this, `${id}-alarm`, this.deployment, this.alarms, {
      name: id,
      description: `Work of ${name} was given up and waits for somebody in its dead-letter queue`,
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: 'Maximum' }),
      above: 0,
    });
    return queue;
  }

  /** SES reviews an account at these rates, and pauses it beyond them; they are of all mail of the account and region. */
  private alarmOnReputation(): void {
    const rates = [
      ['mail-bounces', 'Reputation.BounceRate', 0.05, 'bounced: SES pauses accounts for that'],
      ['mail-complaints', 'Reputation.ComplaintRate', 0.001, 'was complained about: SES pauses accounts for that'],
    ] as const;
    for (const [name, metricName, above, what] of rates) {
      new OperatorAlarm(this, name, this.deployment, this.alarms, {
        name,
        description: `More than ${above * 100} % of the mail of this account ${what}`,
        metric: new Metric({ namespace: 'AWS/SES', metricName, statistic: 'Maximum', period: Duration.hours(1) }),
        above,
      });
    }
  }
}
