import { z } from 'zod';
import { refuse } from '../refusal.ts';
import { type Identity, identify, type Place } from './identities.ts';
import { resolveValue, type Scope } from './intrinsics.ts';
import { INERT_TYPES, SERVED_TYPES } from './known-types.ts';
import type { Stack } from './read-assembly.ts';

/** One resource of the deployment, its properties resolved. */
export interface Resource {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly type: string;
  /** Physical name or id: what `Ref` gives. */
  readonly ref: string;
  readonly arn: string;
  /** All properties, checked against a schema; a mismatch is refused by name. */
  read<T>(schema: z.ZodType<T>): T;
}

/** The stacks of one brand, stage and region, as one graph of resources. */
export interface Deployment {
  readonly place: Place;
  ofType(type: string): readonly Resource[];
}

/** CloudFormation's own placeholder for an account that synth did not know. */
const ACCOUNT = '000000000000';

/**
 * Resolves the stacks of one brand and stage in their primary region: the region of the stack that holds the HTTP API.
 * Refuses resource types that it does not know: nothing is skipped silently.
 */
export function createDeployment(assembly: readonly Stack[], prefix: string, apiEndpoint: string): Deployment {
  const named = assembly.filter((stack) => stack.name.startsWith(`${prefix}-`));
  const home = named.find(({ template }) =>
    Object.values(template.Resources).some(({ Type }) => Type === 'AWS::ApiGatewayV2::Api'),
  );
  if (home === undefined) {
    const known = assembly.map(({ name }) => name).join(', ') || 'none';
    return refuse(`No stack named ${prefix}-… in the assembly holds an HTTP API (its stacks: ${known}).`);
  }
  const stacks = named.filter(({ region }) => region === home.region);
  const place: Place = { region: home.region, account: ACCOUNT, apiEndpoint };
  for (const stack of stacks) refuseUnknownTypes(stack);
  const resources = connect(stacks, place);
  return { place, ofType: (type) => resources.filter((resource) => resource.type === type) };
}

function refuseUnknownTypes(stack: Stack): void {
  for (const [logicalId, { Type }] of Object.entries(stack.template.Resources)) {
    if (SERVED_TYPES.has(Type) || INERT_TYPES.has(Type)) continue;
    refuse(
      `Stack ${stack.name} has ${logicalId} of type ${Type}, which the local cloud does not know: ` +
        'serve it, or list it as inert with a reason in local/assembly/known-types.ts.',
    );
  }
}

function connect(stacks: readonly Stack[], place: Place): readonly Resource[] {
  const scopes = new Map<Stack, Scope>();
  const exported = (name: string): unknown => {
    for (const stack of stacks) {
      const scope = scopes.get(stack);
      for (const output of Object.values(stack.template.Outputs)) {
        if (scope === undefined || output.Export === undefined) continue;
        if (resolveValue(output.Export.Name, scope) === name) return resolveValue(output.Value, scope);
      }
    }
    return refuse(`No stack exports ${name}, which another stack imports.`);
  };
  const output = (stackName: string, name: string): unknown => {
    const stack = stacks.find((candidate) => candidate.name === stackName);
    const scope = stack && scopes.get(stack);
    const found = stack?.template.Outputs[name];
    if (scope === undefined || found === undefined)
      return refuse(`There is no output ${name} of a stack ${stackName}.`);
    return resolveValue(found.Value, scope);
  };
  for (const stack of stacks) scopes.set(stack, scopeOf(stack, place, { importValue: exported, stackOutput: output }));
  return stacks.flatMap((stack) => {
    const scope = scopes.get(stack);
    if (scope === undefined) return [];
    return Object.entries(stack.template.Resources)
      .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
      .map(([logicalId, { Type, Properties }]): Resource => {
        const identity = identityOf(stack, logicalId, scope, place);
        return {
          stack,
          logicalId,
          type: Type,
          ref: identity.ref,
          arn: identity.attributes.Arn ?? identity.ref,
          read(schema) {
            const parsed = schema.safeParse(resolveValue(Properties, scope));
            if (parsed.success) return parsed.data;
            return refuse(
              `The local cloud cannot read ${logicalId} of ${stack.name}: ${z.prettifyError(parsed.error)}.`,
            );
          },
        };
      });
  });
}

function identityOf(stack: Stack, logicalId: string, scope: Scope, place: Place): Identity {
  const resource = stack.template.Resources[logicalId];
  if (resource === undefined) return refuse(`Stack ${stack.name} refers to ${logicalId}, which it does not have.`);
  return identify({
    type: resource.Type,
    stackName: stack.name,
    logicalId,
    place,
    property: (name) => resolveValue(resource.Properties[name], scope),
  });
}

function scopeOf(stack: Stack, place: Place, across: Pick<Scope, 'importValue' | 'stackOutput'>): Scope {
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::Region': place.region,
    'AWS::AccountId': place.account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': `arn:aws:cloudformation:${place.region}:${place.account}:stack/${stack.name}/local`,
  };
  const scope: Scope = {
    stackName: stack.name,
    ref(name) {
      if (name in pseudo) return pseudo[name];
      const parameter = stack.template.Parameters[name];
      return parameter === undefined ? identityOf(stack, name, scope, place).ref : parameter.Default;
    },
    attribute(logicalId, attribute) {
      const value = identityOf(stack, logicalId, scope, place).attributes[attribute];
      return (
        value ?? refuse(`The local cloud does not know the attribute ${attribute} of ${logicalId} in ${stack.name}.`)
      );
    },
    ...across,
    mapping: (map, top, second) => stack.template.Mappings[map]?.[top]?.[second],
    condition(name) {
      if (!(name in stack.template.Conditions)) refuse(`Stack ${stack.name} has no condition ${name}.`);
      return resolveValue(stack.template.Conditions[name], scope) === true;
    },
  };
  return scope;
}
