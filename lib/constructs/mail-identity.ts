import { CfnOutput } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { isWithin } from '../../brands/rules/sender-problems.ts';
import type { Deployment } from '../deployment.ts';
import { deploymentName } from '../names.ts';

/**
 * The brand's sender: a domain that SES has verified by DKIM, with a MAIL FROM domain of its own so that SPF aligns
 * too, and the configuration set whose bounces and complaints come back as events (CHECKS F13).
 *
 * Its DNS records are written where the stage's hosted zone holds the domain, and are outputs of the stack otherwise.
 */
export class MailIdentity extends Construct {
  readonly identity: EmailIdentity;
  readonly configurationSet: ConfigurationSet;

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    const { domain } = deployment.brand.sender;
    const mailFrom = `bounce.${domain}`;

    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: deploymentName(deployment),
      // A code must not travel in the clear; a server without TLS gets no mail.
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.configurationSet.addEventDestination('Feedback', {
      // SES publishes to no other bus than the default one.
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
    });
    this.identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(domain),
      configurationSet: this.configurationSet,
      mailFromDomain: mailFrom,
      // Rather no mail than one whose SPF does not align and that teaches receivers to distrust the domain.
      mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.REJECT_MESSAGE,
      feedbackForwarding: false,
    });

    const zone = deployment.place.domain;
    const records = this.records(domain, mailFrom, deployment.place.region);
    if (zone !== undefined && isWithin(domain, zone.hostedZoneName)) {
      for (const { key, name, type, value } of records) {
        new CfnRecordSet(this, key, {
          hostedZoneId: zone.hostedZoneId,
          name,
          type,
          ttl: '1800',
          resourceRecords: [value],
        });
      }
    } else {
      for (const { key, name, type, value } of records) {
        new CfnOutput(this, key, {
          description: 'DNS record that the sender needs',
          value: `${name} ${type} ${value}`,
        });
      }
    }
  }

  private records(domain: string, mailFrom: string, region: string) {
    return [
      ...this.identity.dkimRecords.map(({ name, value }, i) => ({ key: `Dkim${i + 1}`, name, type: 'CNAME', value })),
      { key: 'MailFromMx', name: mailFrom, type: 'MX', value: `10 feedback-smtp.${region}.amazonses.com` },
      // DKIM and SPF both align, so that whatever fails both is somebody else's.
      { key: 'Dmarc', name: `_dmarc.${domain}`, type: 'TXT', value: '"v=DMARC1; p=reject"' },
      { key: 'MailFromSpf', name: mailFrom, type: 'TXT', value: '"v=spf1 include:amazonses.com -all"' },
    ];
  }
}
