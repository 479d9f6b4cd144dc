import { askerOf } from '../shared/domain/asker.ts';
import type { Brand } from '../shared/domain/brand.ts';
import type { ItemEvent } from '../shared/domain/event.ts';
import type { EventType } from '../shared/domain/events.ts';
import type { SecondFactor } from '../shared/domain/factors.ts';
import type { Flow } from '../shared/domain/flow.ts';
import type { PhoneNumber } from '../shared/domain/phone-number.ts';
import { seconds } from '../shared/domain/time.ts';
import type { AddressedText, Text } from '../shared/mail/text.ts';
import type { FlowChange, MailLookups } from './decide-mails.ts';
import { preferredNumber, reachableNumber } from './reachable-number.ts';

/** What a decision about texts looks up. */
export interface TextLookups
  extends Pick<MailLookups, 'recipientOf' | 'findUser' | 'personalData' | 'codeOf' | 'hashesOf'> {
  readonly flowNumber: (flow: Flow) => PhoneNumber;
  /** Keyed hash of the network that began a flow, where it is written in it. */
  readonly networkOf: (flow: Flow) => string | undefined;
}

interface Context {
  readonly brand: Brand;
  readonly lookups: TextLookups;
  /** Milliseconds. */
  readonly now: number;
}

type FlowRule = (context: Context, change: FlowChange) => Promise<readonly AddressedText[]>;

/**
 * A text to a number; nothing once the code of the flow is dead (F16).
 * @param networkHash of who asked, where it is not counted yet
 */
function codeTo(
  { brand, lookups, now }: Context,
  flow: Flow,
  to: PhoneNumber,
  kind: 'text-code' | 'text-verify',
  networkHash?: string,
): readonly AddressedText[] {
  if (flow.expiresAt <= seconds(now)) return [];
  const text: Text = { kind, code: lookups.codeOf(flow) };
  const { locales } = brand;
  const locale = locales.offered.includes(flow.locale) ? flow.locale : locales.default;
  const asker = askerOf(flow);
  const asked = { ...(networkHash && { networkHash }), ...(asker && { asker }) };
  return [{ text, to, ...lookups.hashesOf(to), locale, ...asked }];
}

/**
 * The number gets the code whoever has it: that another account does is told with the right code alone, to somebody who
 * reads the texts of that number, and to nobody else (EM4).
 */
const phone: FlowRule = async (context, { flow }) => {
  const { lookups } = context;
  const user = flow.userId && (await lookups.findUser(flow.userId));
  // Whatever was reported of the number before: only a proof lifts the mark, and it takes a text.
  return user?.status === 'active' ? codeTo(context, flow, lookups.flowNumber(flow), 'text-verify') : [];
};

/** Only who can sign in gets a code: at the number that was asked for, or that the owner of the address prefers. */
const loginCode: FlowRule = async (context, { flow }) => {
  const { lookups } = context;
  const { owner, suppressed } = await lookups.recipientOf(flow.identHash);
  if (suppressed || !owner) return [];
  const user = await lookups.findUser(owner);
  if (user?.status !== 'active') return [];
  if (flow.channel === 'text') return codeTo(context, flow, lookups.flowNumber(flow), 'text-code');
  const preferred = await preferredNumber(context, user);
  return preferred ? codeTo(context, flow, preferred, 'text-code', lookups.networkOf(flow)) : [];
};

/**
 * The number of the account whose sign-in waits: at once where it is the strongest factor, else when asked for. Who sends
 * the form is counted by the request; who gives a password does not ask for a text, and is counted here.
 */
const secondFactor: FlowRule = async (context, { flow, event }) => {
  if (!isAsked(event, 'sms')) return [];
  const user = flow.userId && (await context.lookups.findUser(flow.userId));
  const to = user?.status === 'active' ? await reachableNumber(context.lookups, user) : undefined;
  const network = event.type === 'second_factor.asked' ? context.lookups.networkOf(flow) : undefined;
  return to ? codeTo(context, flow, to, 'text-code', network) : [];
};

const flowRules: { readonly [Type in EventType]?: FlowRule } = {
  'phone.started': phone,
  'login_code.started': loginCode,
  'login_code.code_requested': loginCode,
  'second_factor.asked': secondFactor,
  'second_factor.code_requested': secondFactor,
};

/**
 * Whether the code of a factor is to go out: when somebody asks for it, and at once where it is the strongest one. A
 * step-up sends nothing by itself: opening its page proves nothing and must cost nothing (RL3).
 */
export function isAsked({ data }: ItemEvent, wanted: SecondFactor): boolean {
  const { factor, factors, step_up } = data;
  return factor === wanted || (step_up !== true && Array.isArray(factors) && factors[0] === wanted);
}

/** Decides which texts an event of a flow asks for; a brand that sends none decides none. @throws Refusal `unavailable` */
export async function decideFlowTexts(change: FlowChange, context: Context): Promise<readonly AddressedText[]> {
  if (!context.brand.authentication.sms) return [];
  return (await flowRules[change.event.type]?.(context, change)) ?? [];
}
