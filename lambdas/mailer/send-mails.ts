import type { Flow } from '../shared/domain/flow.ts';
import type { FlowId, UserId } from '../shared/domain/id.ts';
import type { User } from '../shared/domain/user.ts';
import type { Item } from '../shared/store/conditional-write.ts';
import type { ItemChange } from '../shared/store/stream-changes.ts';
import { decideFlowMails, decideUserMails, type MailLookups } from './decide-mails.ts';
import { decideFlowTexts, type TextLookups } from './decide-texts.ts';
import { type Addressed, type DeliveryDeps, deliverMail } from './deliver-mail.ts';

export interface MailerDeps extends DeliveryDeps {
  readonly lookups: MailLookups & TextLookups;
}

/** The part of the key behind the item type. */
const idOf = ({ pk }: Item) => String(pk).slice(String(pk).indexOf('#') + 1);
const toFlow = (item: Item) => ({ ...(item as unknown as Flow), id: idOf(item) as FlowId });
const toUser = (item: Item) => ({ ...(item as unknown as User), id: idOf(item) as UserId });

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
  if (!String(item.pk).startsWith('USER#')) return [];
  return decideUserMails({ event, user: toUser(item), before: before && toUser(before) }, context);
}

/**
 * Sends what a change of an item asks for.
 * @param now milliseconds
 * @throws Refusal `unavailable` where it has to be tried again
 */
export async function sendMails(deps: MailerDeps, change: ItemChange, now: number): Promise<void> {
  for (const addressed of await decide(change, deps, now)) {
    await deliverMail(deps, change.event.id, addressed, now);
  }
}

/** Whose mails keep their order: those to one address. */
export function partyOf({ item }: ItemChange): string {
  return String(item.identHash ?? item.pk);
}
