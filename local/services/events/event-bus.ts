import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Deployment } from '../../assembly/deployment.ts';
import { functionNameOf } from '../../assembly/identities.ts';
import { invokePermissions } from '../../assembly/invoke-permissions.ts';
import type { Clock } from '../../clock.ts';
import { matchesPattern } from '../../event-pattern.ts';
import type { InvokeLater } from '../../functions/asynchronous.ts';
import { refuse } from '../../refusal.ts';
import { createRing } from '../../ring.ts';

/** An event in EventBridge's envelope. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds, virtual time. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** An event and the bus that it was put on. */
export interface PutEvent {
  readonly bus: string;
  readonly event: BusEvent;
  /** Functions that rules gave it to. */
  readonly targets: readonly string[];
}

export interface EventBuses {
  /** Puts an event on a bus; its rules' functions run in the background. Resolves when all have taken it. */
  put(
    bus: string,
    event: Pick<BusEvent, 'source' | 'detail-type' | 'detail'> & Partial<BusEvent>,
  ): { readonly id: string; readonly done: Promise<void> };
  has(bus: string): boolean;
  /** Oldest first. */
  events(): readonly PutEvent[];
}

const RuleProperties = z.object({
  Name: z.string().optional(),
  EventBusName: z.string().default('default'),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  State: z.string().default('ENABLED'),
  Targets: z.array(z.object({ Arn: z.string(), Input: z.string().optional() })).default([]),
});

const CAPACITY = 2_000;

/** The default bus and those of the templates, with the rules that lead to functions. */
export function createEventBuses(deployment: Deployment, clock: Clock, invokeLater: InvokeLater): EventBuses {
  const ring = createRing<PutEvent>(CAPACITY);
  const buses = new Set(['default', ...deployment.ofType('AWS::Events::EventBus').map(({ ref }) => ref)]);
  const rules = readRules(deployment);
  const { region, account } = deployment.place;
  return {
    has: (bus) => buses.has(bus),
    events: ring.values,
    put(bus, given) {
      const event: BusEvent = {
        version: '0',
        id: randomUUID(),
        account,
        region,
        time: new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
        resources: [],
        ...given,
      };
      const hits = rules.filter((rule) => rule.bus === bus && matchesPattern(rule.pattern, event));
      const targets = hits.flatMap((rule) => rule.targets.map((target) => ({ ...target, rule: rule.name })));
      ring.push({ bus, event, targets: targets.map(({ functionName }) => functionName) });
      const runs = targets.map(({ functionName, input, rule }) =>
        invokeLater(functionName, input ?? event, { kind: 'event', name: rule, faults: [] }),
      );
      return { id: event.id, done: Promise.all(runs).then(() => undefined) };
    },
  };
}

interface EventRule {
  readonly name: string;
  readonly bus: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly targets: readonly { readonly functionName: string; readonly input: unknown }[];
}

function readRules(deployment: Deployment): readonly EventRule[] {
  const rules: EventRule[] = [];
  const requirePermission = invokePermissions(deployment, 'events.amazonaws.com');
  for (const resource of deployment.ofType('AWS::Events::Rule')) {
    const { EventBusName, EventPattern, State, Targets } = resource.read(RuleProperties);
    if (EventPattern === undefined || State !== 'ENABLED') continue;
    const targets = Targets.map(({ Arn, Input }) => {
      if (!Arn.includes(':function:'))
        refuse(`Rule ${resource.ref} has the target ${Arn}: only functions can be targets locally.`);
      const functionName = functionNameOf(Arn);
      requirePermission(`Rule ${resource.ref}`, functionName);
      return { functionName, input: Input === undefined ? undefined : JSON.parse(Input) };
    });
    rules.push({
      name: resource.ref,
      bus: EventBusName.split('/').at(-1) ?? EventBusName,
      pattern: EventPattern,
      targets,
    });
  }
  return rules;
}
