import { basename } from 'node:path';
import { z } from 'zod';
import type { Deployment } from '../assembly/deployment.ts';

const PolicyDocument = z.looseObject({ Statement: z.array(z.record(z.string(), z.unknown())) });
const InlinePolicies = z.array(z.object({ PolicyName: z.string(), PolicyDocument }));
const RoleProperties = z.object({
  Policies: InlinePolicies.default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
});
const PolicyProperties = z.object({
  PolicyName: z.string().default('policy'),
  PolicyDocument,
  Roles: z.array(z.string()).default([]),
});
const KeyProperties = z.object({ KeyPolicy: PolicyDocument });

export interface NamedPolicy {
  readonly name: string;
  readonly policy: z.infer<typeof PolicyDocument>;
}

/**
 * Identity policies of each role: inline, attached and managed by the template. AWS-managed policies
 * (`AWSLambdaBasicExecutionRole`) speak of logs and traces only, which no function calls through the proxy.
 */
export function readRolePolicies(deployment: Deployment): ReadonlyMap<string, readonly NamedPolicy[]> {
  const roles = new Map<string, NamedPolicy[]>();
  for (const role of deployment.ofType('AWS::IAM::Role')) {
    const { Policies } = role.read(RoleProperties);
    roles.set(
      role.ref,
      Policies.map(({ PolicyName, PolicyDocument }) => ({ name: PolicyName, policy: PolicyDocument })),
    );
  }
  const attachable = [...deployment.ofType('AWS::IAM::Policy'), ...deployment.ofType('AWS::IAM::ManagedPolicy')];
  for (const resource of attachable) {
    const { PolicyName, PolicyDocument, Roles } = resource.read(PolicyProperties);
    for (const role of Roles) roles.get(basename(role))?.push({ name: PolicyName, policy: PolicyDocument });
  }
  return roles;
}

/** Resource policies by ARN: KMS keys always have one, and it takes part in every decision about the key. */
export function readResourcePolicies(deployment: Deployment): ReadonlyMap<string, NamedPolicy['policy']> {
  return new Map(deployment.ofType('AWS::KMS::Key').map((key) => [key.arn, key.read(KeyProperties).KeyPolicy]));
}
