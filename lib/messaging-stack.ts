import { Archive, EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Capability } from '../lambdas/shared/domain/capability.ts';
import { DeadLetterQueue } from './constructs/dead-letter-queue.ts';
import { MailIdentity } from './constructs/mail-identity.ts';
import { TextSending } from './constructs/text-sending.ts';
import { type Deployment, DeploymentStack } from './deployment.ts';
import { deploymentName } from './names.ts';

/** What functions send to: the mail identity, the way to text where the brand has one, the event bus with its archive, and a dead-letter queue per consumer. */
export class MessagingStack extends DeploymentStack {
  readonly mail: MailIdentity;
  readonly texts: TextSending | undefined;
  readonly bus: EventBus;
  /** By capability; those that answer HTTP requests have none, since the caller sees their failures. */
  readonly deadLetters: ReadonlyMap<string, DeadLetterQueue>;

  constructor(scope: Construct, deployment: Deployment, capabilities: readonly Capability[]) {
    const name = deploymentName(deployment);
    super(scope, 'messaging', deployment, { description: `Latchkey ${name}: mail, events, dead letters` });
    this.mail = new MailIdentity(this, 'Mail', deployment);
    const { sms } = deployment.brand.authentication;
    this.texts = sms && new TextSending(this, 'Texts', deployment, sms);
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
        .map((capability) => [
          capability.name,
          new DeadLetterQueue(this, `${capability.name}-dead-letters`, `${name}-${capability.name}`),
        ]),
    );
  }
}
