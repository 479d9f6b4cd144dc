import type { Brand } from '../shared/domain/brand.ts';
import { deviceParts } from '../shared/domain/describe-device.ts';
import type { ItemEvent } from '../shared/domain/event.ts';
import type { SessionId, UserId } from '../shared/domain/id.ts';
import type { NotMe } from '../shared/domain/not-me.ts';
import type { SessionDevice } from '../shared/domain/session.ts';
import type { AddressedMail, SignInMail } from '../shared/mail/mail.ts';
import type { MailLookups } from './decide-mails.ts';

/** What a decision about a sign-in looks up. */
export interface SignInLookups extends Pick<MailLookups, 'recipientOf' | 'findUser' | 'personalData'> {
  readonly openDevice: (itemKey: string, sealed: string) => SessionDevice;
  readonly notMeLink: (notMe: NotMe) => string;
}

/** Something happened at the door of an account. */
export interface SignInChange {
  readonly event: ItemEvent;
  readonly user: UserId;
  readonly session?: SessionId;
  /** The key under which the device is sealed. */
  readonly itemKey: string;
  readonly sealed: string;
}

/** The reasons for which an owner is told of a sign-in that went well (LOG5). */
const worthTelling: readonly unknown[] = ['new_device', 'new_country'];

/**
 * Which mail an event asks for. A sign-up’s first session and a code for one more client carry no reasons, hence no mail;
 * a sign-in that was stopped after a right proof always does.
 */
function kindOf({ type, data }: ItemEvent): SignInMail['kind'] | undefined {
  if (type === 'sign_in.denied' || type === 'sign_in.stopped') return 'sign-in-stopped';
  const reasons: readonly unknown[] = Array.isArray(data.reasons) ? data.reasons : [];
  return type === 'user.signed_in' && reasons.some((each) => worthTelling.includes(each)) ? 'new-sign-in' : undefined;
}

/** Decides which notice a sign-in asks for, to the owner of the account (LOG5). @throws Refusal `unavailable` */
export async function decideSignInMails(
  change: SignInChange,
  { brand, lookups }: { readonly brand: Brand; readonly lookups: SignInLookups },
): Promise<readonly AddressedMail[]> {
  const { event, session, itemKey, sealed } = change;
  const kind = kindOf(event);
  const user = kind && (await lookups.findUser(change.user));
  if (!kind || user?.status !== 'active') return [];
  const [recipient, [person]] = await Promise.all([
    lookups.recipientOf(user.identHash),
    lookups.personalData(user.id, [user.sealed]),
  ]);
  if (!person || recipient.suppressed) return [];
  const { userAgent, edge } = lookups.openDevice(itemKey, sealed);
  const { name } = person.profile;
  const at = Date.parse(event.at);
  const mail: SignInMail = {
    kind,
    at: new Date(at),
    device: deviceParts(userAgent),
    place: edge ?? {},
    notMeUrl: lookups.notMeLink({ user: user.id, at, ...(session && { session }) }),
    ...(name && { name }),
  };
  const { locales } = brand;
  const locale = locales.offered.includes(user.locale) ? user.locale : locales.default;
  return [{ mail, to: person.email, identHash: user.identHash, locale }];
}
