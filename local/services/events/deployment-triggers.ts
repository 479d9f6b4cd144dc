import { z } from 'zod';
import type { Deployment } from '../../assembly/deployment.ts';
import { functionNameOf } from '../../assembly/identities.ts';
import type { Invoker } from '../../functions/invoker.ts';
import { refuse } from '../../refusal.ts';

const TriggerProperties = z.object({ HandlerArn: z.string() });

/**
 * Runs the functions that the deployment runs once when it is made (`Custom::Trigger` of aws-cdk-lib/triggers). As in
 * CloudFormation, one that fails fails the whole: the local cloud does not start.
 */
export async function runDeploymentTriggers(deployment: Deployment, invoker: Invoker): Promise<void> {
  for (const resource of deployment.ofType('Custom::Trigger')) {
    const functionName = functionNameOf(resource.read(TriggerProperties).HandlerArn);
    const cause = { kind: 'deployment', name: resource.logicalId, faults: [] } as const;
    const outcome = await invoker.invoke(functionName, {}, cause);
    if (outcome.kind === 'returned') continue;
    const reason = outcome.kind === 'failed' ? `${outcome.errorType}: ${outcome.message}` : outcome.kind;
    refuse(`${functionName}, which runs once after a deployment, failed: ${reason}`);
  }
}
