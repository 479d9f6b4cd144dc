import { askerOf } from '../shared/domain/asker.ts';
import type { FactorKind } from '../shared/domain/authentication-policy.ts';
import type { Brand, Locale } from '../shared/domain/brand.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import type { ItemEvent } from '../shared/domain/event.ts';
import type { EventType } from '../shared/domain/events.ts';
import type { Flow } from '../shared/domain/flow.ts';
import type { FlowId, UserId } from '../shared/domain/id.ts';
import type { PhoneNumber } from '../shared/domain/phone-number.ts';
import { seconds } from '../shared/domain/time.ts';
import type { PersonalData, User } from '../shared/domain/user.ts';
import type { AddressedMail, CodeChannelNotice, CodeMail, Mail } from '../shared/mail/mail.ts';
import type { AddressedText } from '../shared/mail/text.ts';
import { isAsked } from './decide-texts.ts';
import { maskedAddress } from './masked-address.ts';
import { preferredNumber } from './reachable-number.ts';

/** What a decision looks up; everything that needs a table or a key. */
export interface MailLookups {
  readonly recipientOf: (
    identHash: string,
  ) => Promise<{ readonly owner: UserId | undefined; readonly suppressed: boolean }>;
  readonly findUser: (id: UserId) => Promise<User | undefined>;
  /** Opens what is sealed for a person, in one read of their key; nothing where the person was erased. */
  readonly personalData: (id: UserId, sealed: readonly string[]) => Promise<readonly PersonalData[]>;
  readonly flowAddress: (flow: Flow) => EmailAddress;
  readonly codeOf: (flow: Flow) => string;
  /** Keyed hash of the mailbox that an address ends up in, for counters. */
  readonly mailboxHashOf: (address: string) => string;
  /** Keyed hashes of a number and of the range that it is out of. */
  readonly hashesOf: (number: PhoneNumber) => Pick<AddressedText, 'identHash' | 'rangeHash'>;
  readonly cancelLink: (id: FlowId) => string;
  /** The link that does what the code does, in the browser that asked. */
  readonly signInLink: (flow: Flow) => string;
}

interface Context {
  readonly brand: Brand;
  readonly lookups: MailLookups;
  /** Milliseconds. */
  readonly now: number;
}

/** Something happened to a flow. */
export interface FlowChange {
  readonly event: ItemEvent;
  readonly flow: Flow;
}

/** Something happened to an account. */
export interface UserChange {
  readonly event: ItemEvent;
  readonly user: User;
  readonly before: User | undefined;
}

function localeOf({ locales }: Brand, locale: Locale): Locale {
  return locales.offered.includes(locale) ? locale : locales.default;
}

/** A mail to the address of the flow. */
function toFlow({ brand, lookups }: Context, flow: Flow, mail: Mail): AddressedMail {
  const { identHash } = flow;
  const asker = askerOf(flow);
  const locale = localeOf(brand, flow.locale);
  return { mail, to: lookups.flowAddress(flow), identHash, ...(asker && { asker }), locale };
}

/** A mail with the flow's code; nothing once the code is dead, a late one would only confuse (F16). */
function codeTo(
  context: Context,
  flow: Flow,
  event: ItemEvent,
  kind: CodeMail['kind'],
  linkUrl?: string,
): readonly AddressedMail[] {
  if (flow.expiresAt <= seconds(context.now)) return [];
  const minutes = Math.max(1, Math.round((flow.expiresAt - Date.parse(event.at) / 1000) / 60));
  const code = context.lookups.codeOf(flow);
  return [toFlow(context, flow, { kind, code, minutes, ...(linkUrl && { linkUrl }) })];
}

async function isActive({ lookups }: Context, id: UserId): Promise<boolean> {
  return (await lookups.findUser(id))?.status === 'active';
}

type FlowRule = (context: Context, change: FlowChange) => Promise<readonly AddressedMail[]>;

/** A stranger's address gets the code; an owner learns that somebody used theirs (REG6). */
const registration: FlowRule = async (context, { flow, event }) => {
  const { owner, suppressed } = await context.lookups.recipientOf(flow.identHash);
  if (suppressed) return [];
  return owner ? [toFlow(context, flow, { kind: 'already-registered' })] : codeTo(context, flow, event, 'verify');
};

/** Only who can sign in gets a code, with a link for the browser that asked where the brand mails any. */
const loginCode: FlowRule = async (context, { flow, event }) => {
  const { brand, lookups } = context;
  if (flow.channel === 'text') return [];
  const { owner, suppressed } = await lookups.recipientOf(flow.identHash);
  const user = owner && !suppressed ? await lookups.findUser(owner) : undefined;
  if (user?.status !== 'active' || (await preferredNumber(context, user))) return [];
  const link = flow.browser && brand.authentication.mailedLinks ? lookups.signInLink(flow) : undefined;
  return codeTo(context, flow, event, 'sign-in-code', link);
};

/** Who lost their factors proves the address; only who can sign in is asked to (REC1). */
const factorRecovery: FlowRule = async (context, { flow, event }) => {
  const { owner, suppressed } = await context.lookups.recipientOf(flow.identHash);
  if (suppressed || !owner || !(await isActive(context, owner))) return [];
  return codeTo(context, flow, event, 'factor-recovery');
};

/** Whether a stranger is told that there is no account is the brand's choice; the caller is never told (REC1). */
const recovery: FlowRule = async (context, { flow, event }) => {
  const { owner, suppressed } = await context.lookups.recipientOf(flow.identHash);
  if (suppressed) return [];
  if (owner) return (await isActive(context, owner)) ? codeTo(context, flow, event, 'recovery') : [];
  const explains = context.brand.sender.recoveryForUnknownAddress === 'explain';
  return explains ? [toFlow(context, flow, { kind: 'recovery-unknown' })] : [];
};

/**
 * The new address gets the code, or learns that it is in use. The old one is warned in either case: whoever asked reads
 * it, and must not see from a missing warning that the new address has an account here.
 */
const emailChange: FlowRule = async (context, { flow, event }) => {
  const { lookups, brand, now } = context;
  const user = flow.userId && (await lookups.findUser(flow.userId));
  if (user?.status !== 'active' || user.identHash === flow.identHash || flow.endsAt <= seconds(now)) return [];
  const [next, current, [person]] = await Promise.all([
    lookups.recipientOf(flow.identHash),
    lookups.recipientOf(user.identHash),
    lookups.personalData(user.id, [user.sealed]),
  ]);
  const proof = next.owner
    ? [toFlow(context, flow, { kind: 'already-registered' })]
    : codeTo(context, flow, event, 'email-change-new');
  const warning =
    person &&
    ({
      mail: {
        kind: 'email-change-old',
        at: new Date(event.at),
        address: maskedAddress(lookups.flowAddress(flow)),
        cancelUrl: lookups.cancelLink(flow.id),
        ...(person.profile.name && { name: person.profile.name }),
      },
      to: person.email,
      identHash: user.identHash,
      locale: localeOf(brand, user.locale),
    } satisfies AddressedMail);
  return [...(next.suppressed ? [] : proof), ...(warning && !current.suppressed ? [warning] : [])];
};

/** A mailed code as the second step: at once where nothing else would do, else when the person asks for it. */
const secondFactor: FlowRule = async (context, { flow, event }) => {
  const asked = isAsked(event, 'mailed-code');
  const { owner, suppressed } = await context.lookups.recipientOf(flow.identHash);
  if (!asked || suppressed || !owner || !(await isActive(context, owner))) return [];
  return codeTo(context, flow, event, 'sign-in-code');
};

/** Flow events that ask for mail; every other flow event asks for none. */
const flowRules: { readonly [Type in EventType]?: FlowRule } = {
  'registration.started': registration,
  'registration.code_requested': registration,
  'login_code.started': loginCode,
  'login_code.code_requested': loginCode,
  'recovery.started': recovery,
  'recovery.code_requested': recovery,
  'factor_recovery.code_asked': factorRecovery,
  'email_change.started': emailChange,
  'second_factor.asked': secondFactor,
  'second_factor.code_requested': secondFactor,
};

/** Decides which mails an event of a flow asks for. @throws Refusal `unavailable` */
export async function decideFlowMails(change: FlowChange, context: Context): Promise<readonly AddressedMail[]> {
  return (await flowRules[change.event.type]?.(context, change)) ?? [];
}

type Notice = (event: ItemEvent, person: PersonalData, next: PersonalData | undefined) => Mail | undefined;

const passwordChanged: Notice = (event, { profile }) => ({
  kind: 'password-changed',
  at: new Date(event.at),
  ...(profile.name && { name: profile.name }),
});

const factorChanged =
  (kind: 'factor-added' | 'factor-removed'): Notice =>
  (event, { profile }) => ({
    kind,
    at: new Date(event.at),
    factor: event.data.factor as FactorKind,
    ...(profile.name && { name: profile.name }),
  });

const notices: { readonly [Type in EventType]?: Notice } = {
  'password.changed': passwordChanged,
  'password.reset': passwordChanged,
  'factors.recovered': (event, { profile }) => ({
    kind: 'factors-recovered',
    at: new Date(event.at),
    ...(profile.name && { name: profile.name }),
  }),
  'factor.added': factorChanged('factor-added'),
  'factor.removed': factorChanged('factor-removed'),
  'recovery_codes.made': (event, { profile }) => ({
    kind: 'recovery-codes-made',
    at: new Date(event.at),
    ...(profile.name && { name: profile.name }),
  }),
  'recovery_code.used': (event, { profile }) => ({
    kind: 'recovery-code-used',
    at: new Date(event.at),
    left: Number(event.data.left),
    ...(profile.name && { name: profile.name }),
  }),
  'code_channel.changed': (event, { profile }) => ({
    kind: 'code-channel-changed',
    at: new Date(event.at),
    channel: event.data.channel as CodeChannelNotice['channel'],
    ...(profile.name && { name: profile.name }),
  }),
  'email.changed': (event, { profile }, next) =>
    next && {
      kind: 'email-changed',
      at: new Date(event.at),
      address: maskedAddress(next.email),
      ...(profile.name && { name: profile.name }),
    },
};

/**
 * Decides which notice an event of an account asks for. It goes to the address that the account had before the event:
 * after a change of address, that is the one whose owner may know nothing of it (EM2).
 * @throws Refusal `unavailable`
 */
export async function decideUserMails(change: UserChange, context: Context): Promise<readonly AddressedMail[]> {
  const { event, user, before = user } = change;
  const { brand, lookups } = context;
  const notice = notices[event.type];
  if (!notice) return [];
  const [recipient, [person, next]] = await Promise.all([
    lookups.recipientOf(before.identHash),
    lookups.personalData(user.id, [before.sealed, user.sealed]),
  ]);
  const mail = person && !recipient.suppressed && notice(event, person, next);
  if (!mail) return [];
  return [{ mail, to: person.email, identHash: before.identHash, locale: localeOf(brand, user.locale) }];
}
