import { z } from 'zod';
import type { Invoker } from '../functions/invoker.ts';
import type { Fault } from '../proxy/fault-rules.ts';
import { FaultRule, isNamed } from '../proxy/fault-rules.ts';
import type { DeskHandler } from './desk-parts.ts';
import { json } from './desk-reply.ts';

/** Ten years: beyond that a typing error is likelier than a test. */
const LONGEST_MOVE = 315_360_000;
const Move = z.object({ advance: z.number().nonnegative().max(LONGEST_MOVE) });

/** `POST /_local/clock` {advance: seconds} -> {now}: ISO 8601, after every schedule that fell due has run. */
export const moveClock: DeskHandler = async ({ body }, { advance, clock }) => {
  const parsed = Move.safeParse(body);
  if (!parsed.success) return json({ message: z.prettifyError(parsed.error) }, 400);
  await advance(parsed.data.advance);
  return json({ now: new Date(clock.now()).toISOString() });
};

/** `GET /_local/clock` -> {now}. */
export const readClock: DeskHandler = (_, { clock }) => json({ now: new Date(clock.now()).toISOString() });

/** `POST /_local/faults`: adds a rule (see proxy/fault-rules.ts); `id` may be given. 201 {id, rule, matched, hits}. */
export const addFault: DeskHandler = ({ body }, { faults }) => {
  const { id, ...rule } = z.looseObject({ id: z.string().optional() }).catch({}).parse(body);
  const parsed = FaultRule.safeParse(rule);
  return parsed.success
    ? json(faults.add(parsed.data, id), 201)
    : json({ message: z.prettifyError(parsed.error) }, 400);
};

/** `GET /_local/faults`: all rules in force. */
export const listFaults: DeskHandler = (_, { faults }) => json(faults.all());

/** `GET /_local/faults/{id}`: how often it matched and hit. */
export const readFault: DeskHandler = ({ path }, { faults }) => found(faults.get(path.id ?? ''));

/** `DELETE /_local/faults/{id}`: ends it and tells its last state. */
export const removeFault: DeskHandler = ({ path }, { faults }) => {
  const fault = faults.get(path.id ?? '');
  faults.remove(path.id ?? '');
  return found(fault);
};

function found(fault: Fault | undefined) {
  return fault === undefined ? json({ message: 'No such fault.' }, 404) : json(fault);
}

/**
 * `POST /_local/functions/{name}`: invokes a function directly, by its name or the last part of it, with the body as
 * event: what `aws lambda invoke` does. Answers the outcome.
 */
export const invokeFunction: DeskHandler = async ({ path, body }, { invoker }) => {
  const name = nameOf(path.name, invoker);
  if (name === undefined) return json({ message: 'No such function.' }, 404);
  return json(await invoker.invoke(name, body ?? {}, { kind: 'direct', name, faults: [] }));
};

const Recycling = z.strictObject({
  environment: z.record(z.string(), z.string().nullable()).optional(),
  code: z.string().optional(),
});

/**
 * `POST /_local/functions/{name}/recycle` {environment?, code?}: the next events meet cold workers. `environment` sets
 * variables (null unsets one) and `code` names another folder of code, both until the next recycling, which takes them
 * back where it does not name them again. 204.
 */
export const recycleFunction: DeskHandler = ({ path, body }, { invoker }) => {
  const name = nameOf(path.name, invoker);
  const target = name === undefined ? undefined : invoker.functions.get(name);
  if (target === undefined) return json({ message: 'No such function.' }, 404);
  const parsed = Recycling.safeParse(body);
  if (!parsed.success) return json({ message: z.prettifyError(parsed.error) }, 400);
  const { environment, code } = parsed.data;
  target.recycle({ ...(environment && { environment }), ...(code === undefined ? {} : { code }) });
  return { status: 204, headers: {}, body: '' };
};

/** By physical name, or the last part of it. */
function nameOf(short: string | undefined, { functions }: Invoker): string | undefined {
  return [...functions.keys()].find((physical) => isNamed(physical, short ?? ''));
}
