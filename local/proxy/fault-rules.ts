import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Invocation } from '../functions/invocation.ts';
import type { Subject } from '../services/aws-service.ts';

const Selector = {
  /** `dynamodb`, `kms`, `ses`, `sms-voice`, `events`, or `lambda` for the invocation itself (action `Invoke`). */
  service: z.enum(['dynamodb', 'kms', 'ses', 'sms-voice', 'events', 'sqs', 'lambda']).optional(),
  action: z.string().optional(),
  /** Physical or logical name. */
  table: z.string().optional(),
  /** First segment of a partition key that the call touches. */
  itemType: z.string().optional(),
  /** Physical name, or its last part: `login`. */
  function: z.string().optional(),
  /** Only for invocations whose HTTP request carried `x-local-fault: <id>`. */
  tagged: z.boolean().default(false),
  /** The first matching call that is hit; 1 is the first. */
  nth: z.number().int().positive().default(1),
  /** How many calls are hit; all by default, one where `nth` is given. */
  times: z.number().int().positive().optional(),
};

/** A fault as `POST /_local/faults` takes it. */
export const FaultRule = z.discriminatedUnion('kind', [
  /** Answers with an error of the service instead of performing the call. */
  z.strictObject({
    kind: z.literal('error'),
    ...Selector,
    error: z.object({
      code: z.string(),
      message: z.string().default('Injected by a local fault.'),
      status: z.number().int().default(400),
      /** Further members of the error, such as `CancellationReasons`. */
      members: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
  /** Performs the call, then cuts the connection: the caller cannot know. */
  z.strictObject({ kind: z.literal('drop-reply'), ...Selector }),
  /** Cuts the connection before the call is performed. */
  z.strictObject({ kind: z.literal('drop-request'), ...Selector }),
  z.strictObject({ kind: z.literal('delay'), ...Selector, ms: z.number().positive() }),
  /** Ends the function's worker once its invocation has applied so many writes; the last reply does not arrive. */
  z.strictObject({ kind: z.literal('kill-after-write'), ...Selector, writes: z.number().int().positive() }),
  /** A batch is performed in part: its last entry comes back as unprocessed. */
  z.strictObject({ kind: z.literal('unprocessed'), ...Selector }),
  /** A Query answers an empty page with a `LastEvaluatedKey`; the next page holds what the first one would have held. */
  z.strictObject({ kind: z.literal('empty-page'), ...Selector }),
]);
export type FaultRule = z.infer<typeof FaultRule>;

/** A rule in force. */
export interface Fault {
  readonly id: string;
  readonly rule: FaultRule;
  /** Calls that matched the selector, hit or not. */
  matched: number;
  hits: number;
}

/** One AWS call, as selectors see it. */
export interface FaultCandidate extends Pick<Subject, 'targets' | 'items'> {
  readonly service: string;
  readonly action: string;
  readonly invocation: Invocation | undefined;
}

export interface FaultRules {
  add(rule: FaultRule, id?: string): Fault;
  get(id: string): Fault | undefined;
  remove(id: string): boolean;
  all(): readonly Fault[];
  /** Faults that hit this call; each hit is counted. */
  strike(candidate: FaultCandidate): readonly Fault[];
}

/** Rules live in memory; `tableNames` maps physical table names to logical ids. */
export function createFaultRules(tableNames: ReadonlyMap<string, string>): FaultRules {
  const faults = new Map<string, Fault>();
  return {
    add(rule, id = randomUUID()) {
      const fault: Fault = { id, rule, matched: 0, hits: 0 };
      faults.set(id, fault);
      return fault;
    },
    get: (id) => faults.get(id),
    remove: (id) => faults.delete(id),
    all: () => [...faults.values()],
    strike(candidate) {
      return [...faults.values()].filter((fault) => {
        if (!selects(fault, candidate, tableNames)) return false;
        fault.matched++;
        const { nth, times = nth > 1 ? 1 : Number.POSITIVE_INFINITY } = fault.rule;
        if (fault.matched < nth || fault.hits >= times) return false;
        fault.hits++;
        return true;
      });
    },
  };
}

function selects({ id, rule }: Fault, call: FaultCandidate, tableNames: ReadonlyMap<string, string>): boolean {
  // A fault of the invocation itself must be asked for by name.
  if ((rule.service ?? 'any') !== call.service && (rule.service !== undefined || call.service === 'lambda'))
    return false;
  if (rule.action !== undefined && rule.action !== call.action) return false;
  if (rule.itemType !== undefined && !call.items.includes(rule.itemType)) return false;
  const { table } = rule;
  if (table !== undefined && !call.targets.some((name) => name === table || tableNames.get(name)?.startsWith(table)))
    return false;
  if (rule.function !== undefined && !isNamed(call.invocation?.functionName, rule.function)) return false;
  return !rule.tagged || call.invocation?.cause.faults.includes(id) === true;
}

/** Whether a physical name is, or ends in, a short one: `northwind-dev-login` is `login`. */
export function isNamed(physical: string | undefined, short: string): boolean {
  return physical === short || physical?.endsWith(`-${short}`) === true;
}
