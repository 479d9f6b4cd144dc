import { capabilities } from '../../bin/capabilities.ts';
import type { Capability } from '../../lambdas/shared/domain/capability.ts';
import type { Resource, SynthesizedDeployment } from './assembly.ts';

/** One allowance of a role. */
export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

/** A capability as its template has it. */
export interface DeployedFunction {
  readonly capability: Capability;
  readonly fn: Resource;
  readonly role: Resource;
  readonly statements: readonly Statement[];
}

/** `one` or `[one, two]` as a list. */
export function list<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}

/** Every capability's function with its role and all that the role allows. */
export function deployedFunctions(deployment: SynthesizedDeployment): readonly DeployedFunction[] {
  const api = deployment.stack('api');
  return capabilities.map((capability) => {
    const fn = api
      .of('AWS::Lambda::Function')
      .find(({ Properties }) => Properties.FunctionName === `${deployment.name}-${capability.name}`);
    const role = api.of('AWS::IAM::Role').find(({ id }) => id === fn?.Properties.Role['Fn::GetAtt'][0]);
    if (fn === undefined || role === undefined) throw new Error(`${capability.name} is not deployed`);
    const policies = api
      .of('AWS::IAM::Policy')
      .filter(({ Properties }) => Properties.Roles.some((of: { Ref: string }) => of.Ref === role.id));
    return {
      capability,
      fn,
      role,
      statements: policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement),
    };
  });
}
