import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { Deployment } from '../assembly/deployment.ts';
import type { Demand } from '../services/aws-service.ts';
import { type NamedPolicy, readResourcePolicies, readRolePolicies } from './role-policies.ts';

/** Decides whether a role may do what a call demands. */
export interface Authorizer {
  /** True where the role's policies in the template allow it; implicit and explicit denials are both false. */
  allows(roleName: string, demand: Demand): Promise<boolean>;
}

/**
 * The simulator knows encryption context keys only by the name of the documentation (`${EncryptionContextKey}`) and
 * ignores real ones. Request tags are the kind of key that it takes with any name, so that these stand in, in policies
 * and requests alike.
 */
const ENCRYPTION_CONTEXT = 'kms:EncryptionContext:';
const STAND_IN = `aws:RequestTag/${ENCRYPTION_CONTEXT}`;

/** Evaluates demands with IAM's own logic against the policies in the templates. */
export function createAuthorizer(deployment: Deployment): Authorizer {
  const roles = new Map(
    [...readRolePolicies(deployment)].map(([role, policies]) => [role, policies.map(withStandIns)]),
  );
  const resources = readResourcePolicies(deployment);
  const patterns = new Map([...roles].map(([role, policies]) => [role, conditionPatterns(policies)]));
  const verdicts = new Map<string, Promise<boolean>>();
  const { account } = deployment.place;

  const evaluate = async (roleName: string, { action, resource, context }: Demand): Promise<boolean> => {
    const entries = Object.entries(context).map(([key, value]) => [key.replace(ENCRYPTION_CONTEXT, STAND_IN), value]);
    const simulation = await runSimulation(
      {
        request: {
          principal: `arn:aws:iam::${account}:role/${roleName}`,
          action,
          resource: { resource, accountId: account },
          contextVariables: Object.fromEntries(entries),
        },
        identityPolicies: [...(roles.get(roleName) ?? [])],
        resourcePolicy: resources.get(resource),
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    if (simulation.resultType !== 'error') return simulation.overallResult === 'Allowed';
    console.error(`IAM cannot judge ${action} on ${resource} by ${roleName}: ${JSON.stringify(simulation.errors)}`);
    return false;
  };

  return {
    allows(roleName, demand) {
      const key = `${roleName} ${demand.action} ${demand.resource} ${fingerprint(demand, patterns.get(roleName) ?? [])}`;
      const verdict = verdicts.get(key) ?? evaluate(roleName, demand);
      verdicts.set(key, verdict);
      return verdict;
    },
  };
}

function withStandIns({ name, policy }: NamedPolicy): NamedPolicy {
  return { name, policy: JSON.parse(JSON.stringify(policy).replaceAll(ENCRYPTION_CONTEXT, STAND_IN)) };
}

interface Pattern {
  readonly text: string;
  readonly expression: RegExp;
}

/** Every string that conditions of these policies compare with. */
function conditionPatterns(policies: readonly NamedPolicy[]): readonly Pattern[] {
  const texts = policies.flatMap(({ policy }) => policy.Statement.flatMap(({ Condition }) => strings(Condition)));
  return [...new Set(texts)].map((text) => ({ text, expression: wildcard(text) }));
}

/**
 * What the verdict can depend on: keys and leading keys differ in each request, but a policy only sees which of its own
 * patterns a value equals or matches. Verdicts are cached by that.
 */
function fingerprint({ context }: Demand, patterns: readonly Pattern[]): string {
  const matches = (value: string) =>
    patterns.flatMap(({ text, expression }, index) =>
      text === value ? [`=${index}`] : expression.test(value) ? [`~${index}`] : [],
    );
  const entries = Object.entries(context).map(([name, value]) => {
    const values = Array.isArray(value) ? value : [value];
    return [name, [...new Set(values.map((entry) => matches(entry).join()))].sort()];
  });
  return JSON.stringify(entries);
}

function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(strings);
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 's');
}
