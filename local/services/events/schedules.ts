import { z } from 'zod';
import type { Deployment } from '../../assembly/deployment.ts';
import { functionNameOf } from '../../assembly/identities.ts';
import { invokePermissions } from '../../assembly/invoke-permissions.ts';
import type { Clock } from '../../clock.ts';
import type { DataFolder } from '../../data-folder.ts';
import type { InvokeLater } from '../../functions/asynchronous.ts';
import { refuse } from '../../refusal.ts';

/** Schedules on the virtual clock. */
export interface Schedules {
  /**
   * Moves time forward by seconds, stopping at each moment at which a schedule is due: a function that runs daily runs
   * thirty times in thirty days, each time with its own date.
   */
  advance(seconds: number): Promise<void>;
  /** Starts to run what comes due as time goes by. */
  start(): void;
  stop(): void;
}

interface Schedule {
  readonly name: string;
  readonly functionName: string;
  readonly input: unknown;
  /** Milliseconds. */
  readonly every: number;
  /** Virtual time of the next run, in ms. */
  due: number;
}

const RuleProperties = z.object({
  ScheduleExpression: z.string().optional(),
  State: z.string().default('ENABLED'),
  Targets: z.array(z.object({ Arn: z.string(), Input: z.string().optional() })).default([]),
});
const Due = z.record(z.string(), z.number());

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
/** Runs of one schedule in one move of the clock at most; the oldest are left out. */
const MAX_RUNS = 400;
/** How often real time is looked at, in ms. */
const TICK = 1_000;

export function createSchedules(
  deployment: Deployment,
  clock: Clock,
  folder: DataFolder,
  invokeLater: InvokeLater,
): Schedules {
  const saved = Due.safeParse(folder.read('schedules') ?? {});
  const due = saved.success ? saved.data : {};
  const schedules = readSchedules(deployment).map(
    (entry): Schedule => ({ ...entry, due: due[entry.name] ?? clock.now() + entry.every }),
  );
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();

  const save = () => folder.write('schedules', Object.fromEntries(schedules.map(({ name, due }) => [name, due])));
  const runUntil = async (target: number): Promise<void> => {
    for (const schedule of schedules) {
      const oldest = target - MAX_RUNS * schedule.every;
      if (schedule.due < oldest) schedule.due = oldest;
    }
    for (;;) {
      const [next] = schedules.filter(({ due }) => due <= target).sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      clock.moveTo(next.due);
      next.due += next.every;
      save();
      const { name, functionName, input } = next;
      await invokeLater(functionName, input ?? scheduledEvent(deployment, name, clock), {
        kind: 'schedule',
        name,
        faults: [],
      });
    }
    clock.moveTo(target);
  };
  // One move at a time: two at once would mix up whose turn it is.
  const enqueue = (step: () => Promise<void>): Promise<void> => {
    const done = running.then(step);
    running = done.catch(() => undefined);
    return done;
  };

  return {
    advance: (seconds) => enqueue(() => runUntil(clock.now() + seconds * 1000)),
    start() {
      save();
      timer = setInterval(() => {
        if (schedules.some(({ due }) => due <= clock.now())) void enqueue(() => runUntil(clock.now()));
      }, TICK);
    },
    stop: () => clearInterval(timer),
  };
}

function readSchedules(deployment: Deployment): readonly Omit<Schedule, 'due'>[] {
  const requirePermission = invokePermissions(deployment, 'events.amazonaws.com');
  return deployment.ofType('AWS::Events::Rule').flatMap((resource) => {
    const { ScheduleExpression, State, Targets } = resource.read(RuleProperties);
    if (ScheduleExpression === undefined || State !== 'ENABLED') return [];
    const name = resource.ref;
    const every = interval(name, ScheduleExpression);
    return Targets.map(({ Arn, Input }) => {
      const functionName = functionNameOf(Arn);
      requirePermission(`Rule ${name}`, functionName);
      return { name, every, functionName, input: Input === undefined ? undefined : JSON.parse(Input) };
    });
  });
}

function interval(name: string, expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const ms = UNITS[unit ?? ''];
  return ms === undefined
    ? refuse(`Schedule ${name} is "${expression}": the local cloud knows rate(…) only.`)
    : Number(count) * ms;
}

function scheduledEvent({ place }: Deployment, rule: string, clock: Clock): object {
  return {
    version: '0',
    id: crypto.randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: place.account,
    time: new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: place.region,
    resources: [`arn:aws:events:${place.region}:${place.account}:rule/${rule}`],
    detail: {},
  };
}
