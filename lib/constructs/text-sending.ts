import { Duration, Stack } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnConfigurationSet, CfnProtectConfiguration } from 'aws-cdk-lib/aws-smsvoice';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { getCountries } from 'libphonenumber-js/mobile';
import type { SmsPolicy } from '../../lambdas/shared/domain/sms-policy.ts';
import type { Deployment } from '../deployment.ts';
import { deploymentName } from '../names.ts';
import { OperatorAlarm } from './operator-alarm.ts';

/** Territories that have calling codes and no code of ISO 3166-1 alone. */
const notIso: ReadonlySet<string> = new Set(['AC', 'TA']);

/**
 * The brand's way to text: a configuration set whose protect configuration blocks every country that the brand does not
 * name, so that not even a mistake of ours sends there, and an alarm on what the month has cost.
 *
 * Sender ids, pools and numbers are registered by people, once per account and region; the brand names them.
 */
export class TextSending extends Construct {
  readonly configurationSetName: string;
  /** What becomes of a text names it: by that a deployment knows its own. */
  readonly protectConfigurationId: string;
  /** What the mailer may send by: the senders and the set (CHECKS INF1). */
  readonly resources: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    deployment: Deployment,
    { countries, monthlySpend }: SmsPolicy,
    alarms: ITopic,
  ) {
    super(scope, id);
    const name = deploymentName(deployment);
    const everywhere = getCountries().filter((country) => !notIso.has(country));
    const protect = new CfnProtectConfiguration(this, 'Protect', {
      countryRuleSet: {
        sms: everywhere.map((countryCode) => ({
          countryCode,
          protectStatus: Object.hasOwn(countries, countryCode) ? 'ALLOW' : 'BLOCK',
        })),
      },
    });
    new CfnConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: name,
      protectConfigurationId: protect.attrProtectConfigurationId,
    });
    this.configurationSetName = name;
    this.protectConfigurationId = protect.attrProtectConfigurationId;
    new OperatorAlarm(this, 'Spend', deployment, alarms, {
      name: 'text-spend',
      description: `Texts of this account have cost more than $${monthlySpend} this month, or nobody measures what they cost`,
      metric: new Metric({
        namespace: 'AWS/SMSVoice',
        metricName: 'TextMessageMonthlySpend',
        statistic: Stats.MAXIMUM,
        period: Duration.days(1),
      }),
      above: monthlySpend,
      // AWS publishes it by a role of its own, which somebody has to make (docs/runbook.md). Without the role there is no
      // number, and without a text in a day there is none either: that is not "all is well", and is shown and told as what
      // it is.
      silence: 'unmeasured',
    });
    const arn = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'sms-voice', resource, resourceName });
    const senders = Object.entries(countries).map(([country, sender]) => {
      if ('senderId' in sender) return arn('sender-id', `${sender.senderId}/${country}`);
      return arn(sender.number.startsWith('pool-') ? 'pool' : 'phone-number', sender.number);
    });
    this.resources = [...new Set(senders), arn('configuration-set', name)];
  }
}
