import { activityItemKey } from '../shared/domain/activity.ts';
import { browserSessionItemKey } from '../shared/domain/browser-session.ts';
import type { ItemEvent } from '../shared/domain/event.ts';
import type { FactorRecovery } from '../shared/domain/factor-recovery.ts';
import type { Flow } from '../shared/domain/flow.ts';
import { type FlowId, isSessionId, type SessionId, type UserId } from '../shared/domain/id.ts';
import { sessionItemKey } from '../shared/domain/session.ts';
import type { User } from '../shared/domain/user.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { Item } from '../shared/store/conditional-write.ts';
import type { countUsed } from '../shared/store/rate-store.ts';
import type { ItemChange } from '../shared/store/stream-changes.ts';
import type { Addressed } from './check-limits.ts';
import { countUsedCode } from './count-used-code.ts';
import { decideFlowMails, decideUserMails, type MailLookups } from './decide-mails.ts';
import { decideRecoveryNotices, type RecoveryLookups } from './decide-recovery-notices.ts';
import { decideSignInMails, type SignInChange, type SignInLookups } from './decide-sign-in-mails.ts';
import { decideFlowTexts, type TextLookups } from './decide-texts.ts';
import { type DeliveryDeps, deliverMail } from './deliver-mail.ts';

export interface MailerDeps extends DeliveryDeps {
  readonly store: DeliveryDeps['store'] & Bound<{ readonly countUsed: typeof countUsed }>;
  readonly lookups: MailLookups & TextLookups & SignInLookups & RecoveryLookups;
}

/** The part of the key behind the item type. */
const idOf = ({ pk }: Item) => String(pk).slice(String(pk).indexOf('#') + 1);
const toFlow = (item: Item) => ({ ...(item as unknown as Flow), id: idOf(item) as FlowId });
const toRecovery = (item: Item) => ({ ...(item as unknown as FactorRecovery), userId: idOf(item) as UserId });
const toUser = (item: Item) => ({ ...(item as unknown as User), id: idOf(item) as UserId });

/** The keys under which sessions and lines of activity are sealed, by item type. */
const sealedBy = {
  SESSION: browserSessionItemKey,
  GRANT: sessionItemKey,
  ACTIVITY: activityItemKey,
} as const;

function toSignIn(item: Item, event: ItemEvent): SignInChange | undefined {
  const [type = ''] = String(item.pk).split('#');
  if (!(type in sealedBy)) return undefined;
  const [user, sk] = [idOf(item) as UserId, String(item.sk)];
  const itemKey = sealedBy[type as keyof typeof sealedBy](user, sk as SessionId);
  return { event, user, itemKey, sealed: String(item.sealed), ...(isSessionId(sk) && { session: sk }) };
}

async function decide(
  { event, item, before }: ItemChange,
  deps: MailerDeps,
  now: number,
): Promise<readonly Addressed[]> {
  const context = { brand: deps.brand, lookups: deps.lookups, now };
  if (String(item.pk).startsWith('FLOW#')) {
    const change = { event, flow: toFlow(item) };
    return [...(await decideFlowMails(change, context)), ...(await decideFlowTexts(change, context))];
  }
  if (String(item.pk).startsWith('RECOVERY#')) {
    return decideRecoveryNotices({ event, recovery: toRecovery(item) }, context);
  }
  const signIn = toSignIn(item, event);
  if (signIn) return decideSignInMails(signIn, context);
  if (!String(item.pk).startsWith('USER#')) return [];
  return decideUserMails({ event, user: toUser(item), before: before && toUser(before) }, context);
}

/**
 * Sends what a change of an item asks for, and counts the use of what was sent.
 * @param now milliseconds
 * @throws Refusal `unavailable` where it has to be tried again
 */
export async function sendMails(deps: MailerDeps, change: ItemChange, now: number): Promise<void> {
  for (const addressed of await decide(change, deps, now)) {
    await deliverMail(deps, change.event.id, addressed, now);
  }
  // Last, so that what has to be tried again is not counted again.
  await countUsedCode(deps, change, now);
}

/** Whose mails keep their order: those to one address. */
export function partyOf({ item }: ItemChange): string {
  return String(item.identHash ?? item.pk);
}
