import { Duration, Validations } from 'aws-cdk-lib';
import { type EventPattern, type IEventBus, type IRuleTarget, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule, type IEventSourceDlq, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Trigger } from 'aws-cdk-lib/triggers';
import type { Capability } from '../../lambdas/shared/domain/capability.ts';
import type { DataStack } from '../data-stack.ts';
import { deploymentName } from '../names.ts';
import type { CapabilityFunction } from './capability-function.ts';

type TriggerOf<K extends Capability['trigger']['kind']> = Extract<Capability['trigger'], { kind: K }>;

/**
 * Records of table streams that carry an event (DESIGN section 1, rule 4); all other writes cost no invocation. A
 * batch that fails is halved until the bad record stands alone, and that one ends in the queue (CHECKS F14–F16). The queue
 * is granted to the function for that by Lambda's rules; a function that buries by itself uses the same grant.
 */
export function consumeStreams(
  fn: CapabilityFunction,
  { tables, batchSize, retries, maxAge }: TriggerOf<'streams'>,
  data: DataStack,
  deadLetters: IQueue,
): void {
  const onFailure: IEventSourceDlq = new SqsDlq(deadLetters);
  for (const name of tables) {
    const { tableStreamArn } = data.tables[name];
    if (tableStreamArn === undefined) throw new Error(`${name} has no stream`);
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: [
          'dynamodb:DescribeStream',
          'dynamodb:GetRecords',
          'dynamodb:GetShardIterator',
          'dynamodb:ListStreams',
        ],
        resources: [tableStreamArn],
      }),
    );
    fn.addEventSourceMapping(`from-${name}`, {
      eventSourceArn: tableStreamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize,
      // Left out, Lambda tries until the record is too old.
      ...(retries !== undefined && { retryAttempts: retries }),
      maxRecordAge: Duration.seconds(maxAge),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure,
      filters: [
        FilterCriteria.filter({ dynamodb: { NewImage: { event: { M: { id: { S: FilterRule.exists() } } } } } }),
      ],
    });
  }
}

/** Runs once after each deployment that changed the function, so that the first request finds keys, and then by schedule. */
export function runBySchedule(fn: CapabilityFunction, { hours }: TriggerOf<'schedule'>, deadLetters: IQueue): void {
  onRule(fn, deadLetters, { schedule: Schedule.rate(Duration.hours(hours)) });
  new Trigger(fn.deploymentStack, `${fn.capability.name}-after-deployment`, { handler: fn });
  Validations.of(fn).acknowledge({
    id: 'Annotation::@aws-cdk/aws-lambda:addPermissionsToVersionOrAlias',
    reason:
      'The rule invokes the function itself, as its permission says; only the trigger invokes a version, by its own role.',
  });
}

/** Bounces and complaints about mail that went through this deployment's configuration set. */
export function consumeMailFeedback(fn: CapabilityFunction, configurationSet: string, deadLetters: IQueue): void {
  onRule(fn, deadLetters, {
    eventPattern: {
      source: ['aws.ses'],
      detail: { eventType: ['Bounce', 'Complaint'], mail: { tags: { 'ses:configuration-set': [configurationSet] } } },
    },
  });
}

/**
 * What became of texts that went through this deployment's protect configuration. Not every event names one; those that do
 * not come too, and the function knows its own by their ids. A brand that sends no texts listens to nothing.
 */
export function consumeTextFeedback(
  fn: CapabilityFunction,
  protectConfigurationId: string | undefined,
  deadLetters: IQueue,
): void {
  const ofOurs = (id: unknown) => ({ protectConfiguration: { protectConfigurationId: [id] } });
  const enabled = protectConfigurationId !== undefined;
  onRule(fn, deadLetters, {
    enabled,
    eventPattern: {
      source: ['aws.sms-voice'],
      detailType: ['Text Message Delivery Status Updated'],
      ...(enabled && { detail: { $or: [ofOurs(protectConfigurationId), ofOurs({ exists: false })] } }),
    },
  });
}

/** Events of the brand's own bus: any number of consumers, where a table stream serves two (DynamoDB quotas). */
export function consumeEvents(
  fn: CapabilityFunction,
  { events }: TriggerOf<'events'>,
  bus: IEventBus,
  deadLetters: IQueue,
): void {
  onRule(fn, deadLetters, { eventBus: bus, eventPattern: { source: ['latchkey'], detailType: [...events] } });
}

/**
 * A rule of a bus with its function as target. Two things can fail, the delivery (EventBridge) and the run
 * (Lambda, asynchronous): both end in the same queue.
 */
function onRule(
  fn: CapabilityFunction,
  deadLetters: IQueue,
  when:
    | { readonly eventPattern: EventPattern; readonly eventBus?: IEventBus; readonly enabled?: boolean }
    | { readonly schedule: Schedule },
): void {
  const stack = fn.deploymentStack;
  const { name, summary } = fn.capability;
  fn.configureAsyncInvoke({
    retryAttempts: 2,
    maxEventAge: Duration.hours(1),
    onFailure: new SqsDestination(deadLetters),
  });
  const target: IRuleTarget = {
    bind: () => ({
      arn: fn.functionArn,
      deadLetterConfig: { arn: deadLetters.queueArn },
      retryPolicy: { maximumRetryAttempts: 10, maximumEventAgeInSeconds: Duration.hours(1).toSeconds() },
    }),
  };
  const rule = new Rule(stack, `${name}-rule`, {
    // The queue's policy knows the rule by this name.
    ruleName: `${deploymentName(stack.deployment)}-${name}`,
    description: summary,
    targets: [target],
    ...when,
  });
  fn.addPermission('FromRule', { principal: new ServicePrincipal('events.amazonaws.com'), sourceArn: rule.ruleArn });
}
