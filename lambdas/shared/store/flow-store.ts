import type { CountedTry } from '../domain/code-flow.ts';
import type { ItemEvent } from '../domain/event.ts';
import { type AskedKind, type Flow, type FlowKind, flowItemKey } from '../domain/flow.ts';
import type { FlowId } from '../domain/id.ts';
import { seconds } from '../domain/time.ts';
import { absent, after, below, equals, present } from './clauses.ts';
import { type Item, putWhere, updateWhere } from './conditional-write.ts';
import { countStep, type Limited, limitedBy, type StartCounter } from './rate-store.ts';
import { read } from './read.ts';
import { only, type Tables } from './tables.ts';
import { put, transact, update } from './transaction.ts';

const keyOf = (id: FlowId) => ({ pk: flowItemKey(id), sk: only });

function toItem(flow: Flow, event: ItemEvent): Item {
  const { id, ...attributes } = flow;
  return { ...keyOf(id), ...attributes, attempts: 0, event, ttl: flow.endsAt + 3600 };
}

function toFlow(id: FlowId, item: Item): Flow {
  return { ...(item as unknown as Omit<Flow, 'id'>), id };
}

/**
 * What is left of a flow that is still open: not consumed, not over (expiry is judged here, never by TTL: VC3, F8); of the
 * purpose and the front that the step is of (LOG3).
 */
const open = ({ purpose, at }: AskedKind, now: number) => [
  present('pk'),
  equals('purpose', purpose),
  ...(at === 'either' ? [] : [equals('at', at)]),
  absent('consumedAt'),
  after('endsAt', seconds(now)),
];

/**
 * Starts a flow: the counters move and the flow is written, or neither. One wave, the same for every address.
 * @returns the first counter that is at its limit, or nothing
 * @throws Refusal `unavailable`
 */
export async function startFlow(
  tables: Tables,
  flow: Flow,
  event: ItemEvent,
  counters: readonly StartCounter[],
): Promise<Limited | undefined> {
  const steps = counters.map((counter) => countStep(tables, counter, flow.startedAt));
  const outcome = await transact(tables, [...steps, put(tables.sessions, toItem(flow, event), [absent('pk')])]);
  return outcome.done ? undefined : limitedBy(counters, outcome, flow.startedAt);
}

/** The step that writes a sign-in that waits for its second factor. */
export function pendingSignInStep(tables: Tables, pending: Flow, asked: ItemEvent) {
  return put(tables.sessions, toItem(pending, asked), [absent('pk')]);
}

/** Writes a sign-in that waits for its second factor: one write. @throws Refusal `unavailable` */
export async function beginPendingSignIn(tables: Tables, pending: Flow, asked: ItemEvent): Promise<void> {
  await putWhere(tables, tables.sessions, toItem(pending, asked));
}

/** The same of a flow that was read. */
const isOpen = (item: Item | undefined, { purpose, at }: AskedKind, now: number): item is Item =>
  item?.purpose === purpose &&
  (at === 'either' || item.at === at) &&
  item.consumedAt === undefined &&
  item.endsAt > seconds(now);

/**
 * Counts a try of the flow's code under the condition that some are left, and returns the flow (VC2, VC5, RL2). A try that
 * comes from another front than the flow does not count: it burns nobody's code.
 * @throws Refusal `unavailable`
 */
export async function countTry(
  tables: Tables,
  id: FlowId,
  kind: FlowKind,
  now: number,
  triesPerCode: number,
): Promise<CountedTry> {
  const outcome = await updateWhere(tables, tables.sessions, keyOf(id), { add: { attempts: 1 } }, [
    ...open(kind, now),
    after('expiresAt', seconds(now)),
    below('attempts', triesPerCode),
  ]);
  if (outcome.done) {
    const last = Number(outcome.item.attempts) >= triesPerCode;
    return { state: 'open', flow: toFlow(id, outcome.item), last };
  }
  const { item } = outcome;
  return { state: isOpen(item, kind, now) && item.attempts >= triesPerCode ? 'spent' : 'gone' };
}

/** Reads a flow that is still open. @throws Refusal `unavailable` */
export async function findFlow(tables: Tables, id: FlowId, kind: AskedKind, now: number): Promise<Flow | undefined> {
  const item = await read(tables, tables.sessions, keyOf(id));
  return isOpen(item, kind, now) ? toFlow(id, item) : undefined;
}

export interface NewCode {
  readonly codeNonce: string;
  readonly expiresAt: number;
  readonly event: ItemEvent;
  readonly maxResends: number;
  /** The tries go on where they were: so many are left of one budget, which the flow must still have. */
  readonly triesLeftOf?: number;
}

/**
 * Gives the flow a new code: the old one is dead with the same write, and the tries start anew (VC5, VC6), but where they
 * are of the whole flow.
 * @returns `limited` with the counter at its limit, `gone` when the flow closed meanwhile or has had its resends
 * @throws Refusal `unavailable`
 */
export async function renewCode(
  tables: Tables,
  flow: Flow,
  code: NewCode,
  counters: readonly StartCounter[],
  now: number,
): Promise<'renewed' | 'gone' | Limited> {
  const { codeNonce, expiresAt, event, triesLeftOf } = code;
  const fresh = triesLeftOf === undefined ? { attempts: 0 } : {};
  const steps = counters.map((counter) => countStep(tables, counter, now));
  const renewal = update(
    tables.sessions,
    keyOf(flow.id),
    { set: { codeNonce, expiresAt, event, ...fresh }, add: { resends: 1 } },
    [
      ...open(flow, now),
      below('resends', code.maxResends),
      ...(triesLeftOf === undefined ? [] : [below('attempts', triesLeftOf)]),
    ],
  );
  const outcome = await transact(tables, [...steps, renewal]);
  if (outcome.done) return 'renewed';
  return limitedBy(counters, outcome, now) ?? 'gone';
}

/** The step that consumes the flow with the code just judged; a parallel rival or a newer code makes it fail. */
export function consumeStep(tables: Tables, flow: Flow, now: number) {
  return update(tables.sessions, keyOf(flow.id), { set: { consumedAt: now } }, [
    ...open(flow, now),
    equals('codeNonce', flow.codeNonce),
  ]);
}

/** Ends a flow without effect. `false` where it was over already. @throws Refusal `unavailable` */
export async function cancelFlow(
  tables: Tables,
  id: FlowId,
  kind: AskedKind,
  event: ItemEvent,
  now: number,
): Promise<boolean> {
  const change = { set: { consumedAt: now, event } };
  const outcome = await updateWhere(tables, tables.sessions, keyOf(id), change, open(kind, now));
  return outcome.done;
}
