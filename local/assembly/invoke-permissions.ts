import { z } from 'zod';
import { refuse } from '../refusal.ts';
import type { Deployment } from './deployment.ts';
import { functionNameOf } from './identities.ts';

const PermissionProperties = z.object({
  FunctionName: z.string(),
  Principal: z.string(),
  Action: z.literal('lambda:InvokeFunction'),
});

/** Refuses a trigger whose service has no `AWS::Lambda::Permission` to invoke the function: in AWS it would fail silently. */
export type RequirePermission = (trigger: string, functionName: string) => void;

/** @param principal `apigateway.amazonaws.com`, `events.amazonaws.com` */
export function invokePermissions(deployment: Deployment, principal: string): RequirePermission {
  const permissions = deployment
    .ofType('AWS::Lambda::Permission')
    .map((resource) => resource.read(PermissionProperties));
  const granted = permissions.filter(({ Principal }) => Principal === principal);
  const invocable = new Set(granted.map(({ FunctionName }) => functionNameOf(FunctionName)));
  return (trigger, functionName) => {
    if (invocable.has(functionName)) return;
    refuse(`${trigger} leads to ${functionName}, which ${principal} has no permission to invoke.`);
  };
}
