import type { Brand } from '../shared/domain/brand.ts';
import { prefersText } from '../shared/domain/code-channel.ts';
import type { EventType } from '../shared/domain/events.ts';
import type { Flow } from '../shared/domain/flow.ts';
import type { UserId } from '../shared/domain/id.ts';
import type { PhoneNumber } from '../shared/domain/phone-number.ts';
import { seconds } from '../shared/domain/time.ts';
import type { AddressedText, Text } from '../shared/mail/text.ts';
import type { FlowChange, MailLookups } from './decide-mails.ts';

/** What a decision about texts looks up. */
export interface TextLookups extends Pick<MailLookups, 'recipientOf' | 'findUser' | 'personalData' | 'codeOf'> {
  readonly flowNumber: (flow: Flow) => PhoneNumber;
  /** Keyed hash of a number. */
  readonly hashOf: (number: PhoneNumber) => string;
}

interface Context {
  readonly brand: Brand;
  readonly lookups: TextLookups;
  /** Milliseconds. */
  readonly now: number;
}

type FlowRule = (context: Context, change: FlowChange) => Promise<readonly AddressedText[]>;

/** A text to a number; nothing once the code of the flow is dead (F16). */
function codeTo({ brand, lookups, now }: Context, flow: Flow, to: PhoneNumber, kind: 'text-code' | 'text-verify') {
  if (flow.expiresAt <= seconds(now)) return [];
  const text: Text = { kind, code: lookups.codeOf(flow) };
  const { locales } = brand;
  const locale = locales.offered.includes(flow.locale) ? flow.locale : locales.default;
  return [{ text, to, identHash: lookups.hashOf(to), locale }];
}

/** The number that an active person has proven. */
async function numberOf({ lookups }: Context, id: UserId): Promise<PhoneNumber | undefined> {
  const user = await lookups.findUser(id);
  if (user?.status !== 'active') return undefined;
  const [person] = await lookups.personalData(id, [user.sealed]);
  return person?.phone?.number;
}

/** The new number gets the code, if nobody else has it: what it is asked for, its owner need not know. */
const phone: FlowRule = async (context, { flow }) => {
  const { lookups } = context;
  const user = flow.userId && (await lookups.findUser(flow.userId));
  if (user?.status !== 'active') return [];
  const { suppressed } = await lookups.recipientOf(flow.identHash);
  return suppressed ? [] : codeTo(context, flow, lookups.flowNumber(flow), 'text-verify');
};

/** Only who can sign in gets a code: at the number that was asked for, or that the owner of the address prefers. */
const loginCode: FlowRule = async (context, { flow }) => {
  const { lookups } = context;
  const { owner, suppressed } = await lookups.recipientOf(flow.identHash);
  if (suppressed || !owner) return [];
  const user = await lookups.findUser(owner);
  if (user?.status !== 'active') return [];
  if (flow.channel === 'text') return codeTo(context, flow, lookups.flowNumber(flow), 'text-code');
  const preferred = prefersText(context.brand, user) ? await numberOf(context, owner) : undefined;
  return preferred ? codeTo(context, flow, preferred, 'text-code') : [];
};

/** The number of the account whose sign-in waits: at once where it is the strongest factor, else when asked for. */
const secondFactor: FlowRule = async (context, { flow, event }) => {
  const { factor, factors } = event.data;
  const isAsked = factor === 'sms' || (Array.isArray(factors) && factors[0] === 'sms');
  if (!isAsked) return [];
  const to = flow.userId && (await numberOf(context, flow.userId));
  return to ? codeTo(context, flow, to, 'text-code') : [];
};

const flowRules: { readonly [Type in EventType]?: FlowRule } = {
  'phone.started': phone,
  'login_code.started': loginCode,
  'login_code.code_requested': loginCode,
  'second_factor.asked': secondFactor,
  'second_factor.code_requested': secondFactor,
};

/** Decides which texts an event of a flow asks for; a brand that sends none decides none. @throws Refusal `unavailable` */
export async function decideFlowTexts(change: FlowChange, context: Context): Promise<readonly AddressedText[]> {
  if (!context.brand.authentication.sms) return [];
  return (await flowRules[change.event.type]?.(context, change)) ?? [];
}
