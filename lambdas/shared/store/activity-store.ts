import type { Activity, StoppedSignIn } from '../domain/activity.ts';
import type { UserId } from '../domain/id.ts';
import { seconds } from '../domain/time.ts';
import { absent } from './clauses.ts';
import { type Item, putWhere } from './conditional-write.ts';
import { readNewest } from './read.ts';
import type { Tables } from './tables.ts';

/** Seconds for which a line is kept. */
const kept = 90 * 86_400;

const pkOf = (user: UserId) => `ACTIVITY#${user}`;

function toItem({ userId, id, ...line }: Activity): Item {
  return { pk: pkOf(userId), sk: id, ...line, ttl: seconds(line.at) + kept };
}

/** Files a line once, however often its event is delivered. @throws Refusal `unavailable` */
export async function addActivity(tables: Tables, line: Activity): Promise<void> {
  await putWhere(tables, tables.sessions, toItem(line), [absent('pk')]);
}

/** Tells of a stopped sign-in, where nothing has been told under its name. @throws Refusal `unavailable` */
export async function tellStopped(tables: Tables, { activity, event }: StoppedSignIn): Promise<void> {
  await putWhere(tables, tables.sessions, { ...toItem(activity), event }, [absent('pk')]);
}

/** The newest lines of a person, newest first. @throws Refusal `unavailable` */
export async function listActivity(tables: Tables, user: UserId, most: number): Promise<readonly Activity[]> {
  const items = await readNewest(tables, tables.sessions, pkOf(user), most);
  return items.map(({ sk, ...line }) => ({ ...(line as unknown as Activity), userId: user, id: String(sk) }));
}
