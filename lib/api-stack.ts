import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Capability } from '../lambdas/shared/domain/capability.ts';
import { CapabilityFunction, type Surroundings } from './constructs/capability-function.ts';
import {
  consumeEvents,
  consumeMailFeedback,
  consumeStreams,
  consumeTextFeedback,
  runBySchedule,
} from './constructs/event-sources.ts';
import { HttpFront } from './constructs/http-front.ts';
import { LogAlarms } from './constructs/log-alarms.ts';
import { ServiceAlarms } from './constructs/service-alarms.ts';
import { type Deployment, DeploymentStack } from './deployment.ts';
import { deploymentName } from './names.ts';

/** The API and one function per capability, each with what triggers it. Holds no data: it can be made anew at any time. */
export class ApiStack extends DeploymentStack {
  constructor(
    scope: Construct,
    deployment: Deployment,
    capabilities: readonly Capability[],
    surroundings: Omit<Surroundings, 'issuer'>,
  ) {
    super(scope, 'api', deployment, { description: `Latchkey ${deploymentName(deployment)}: API and functions` });
    const { data, messaging } = surroundings;
    const front = new HttpFront(this, 'Http', capabilities);
    const alarms = new ServiceAlarms(this, 'Alarms', messaging.alarms);
    alarms.onServerErrors(front.api);
    for (const capability of capabilities) {
      const fn = new CapabilityFunction(this, capability, { ...surroundings, issuer: front.origin });
      new LogAlarms(fn, messaging.alarms);
      const { name, trigger } = capability;
      if (trigger.kind === 'http') {
        front.serve(fn, trigger.routes);
        continue;
      }
      const deadLetters = messaging.deadLetters.get(name);
      if (deadLetters === undefined) throw new Error(`no dead-letter queue for ${name}`);
      switch (trigger.kind) {
        case 'streams':
          consumeStreams(fn, trigger, data, deadLetters);
          alarms.onLag(fn);
          break;
        case 'schedule':
          runBySchedule(fn, trigger, deadLetters);
          break;
        case 'events':
          consumeEvents(fn, trigger, messaging.bus, deadLetters);
          break;
        case 'mail-feedback':
          consumeMailFeedback(fn, messaging.mail.configurationSet.configurationSetName, deadLetters);
          break;
        case 'text-feedback':
          consumeTextFeedback(fn, messaging.texts?.protectConfigurationId, deadLetters);
          break;
      }
    }
    new CfnOutput(this, 'Issuer', { description: 'Origin of the API and issuer of its tokens', value: front.origin });
  }
}
