import { z } from 'zod';
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
  const name = [...invoker.functions.keys()].find((physical) => isNamed(physical, path.name ?? ''));
  if (name === undefined) return json({ message: 'No such function.' }, 404);
  return json(await invoker.invoke(name, body ?? {}, { kind: 'direct', name, faults: [] }));
};
