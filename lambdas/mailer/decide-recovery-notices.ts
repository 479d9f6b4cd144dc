import type { Brand } from '../shared/domain/brand.ts';
import type { ItemEvent } from '../shared/domain/event.ts';
import type { FactorRecovery } from '../shared/domain/factor-recovery.ts';
import type { Mail } from '../shared/mail/mail.ts';
import type { Addressed } from './check-limits.ts';
import type { MailLookups } from './decide-mails.ts';
import type { TextLookups } from './decide-texts.ts';
import { reachableNumber } from './reachable-number.ts';

/** What a decision about notices of a recovery looks up. */
export interface RecoveryLookups
  extends Pick<MailLookups, 'recipientOf' | 'findUser' | 'personalData'>,
    Pick<TextLookups, 'hashesOf'> {
  readonly stopLink: (recovery: FactorRecovery) => string;
}

interface Context {
  readonly brand: Brand;
  readonly lookups: RecoveryLookups;
}

/** Something happened to a waiting time. */
export interface RecoveryChange {
  readonly event: ItemEvent;
  readonly recovery: FactorRecovery;
}

/**
 * Decides who is told of a waiting time: the address and the number, at once and again before it ends, each with the way
 * to stop it; and the address when it was stopped.
 * @throws Refusal `unavailable`
 */
export async function decideRecoveryNotices(
  { event, recovery }: RecoveryChange,
  { brand, lookups }: Context,
): Promise<readonly Addressed[]> {
  const stopped = event.type === 'factor_recovery.stopped';
  const warned = event.type === 'factor_recovery.started' || event.type === 'factor_recovery.reminded';
  if (!stopped && !warned) return [];
  const user = await lookups.findUser(recovery.userId);
  if (!user) return [];
  const [{ suppressed }, [person]] = await Promise.all([
    lookups.recipientOf(user.identHash),
    lookups.personalData(user.id, [user.sealed]),
  ]);
  if (!person) return [];
  const { name } = person.profile;
  const cancelUrl = lookups.stopLink(recovery);
  const greeted = name ? { name } : {};
  const mail: Mail = stopped
    ? { kind: 'factor-recovery-stopped', at: new Date(event.at), ...greeted }
    : { kind: 'factor-recovery-waiting', at: new Date(recovery.opensAt * 1000), cancelUrl, ...greeted };
  const { locales, authentication } = brand;
  const locale = locales.offered.includes(user.locale) ? user.locale : locales.default;
  const number = warned && authentication.sms ? await reachableNumber(lookups, user) : undefined;
  return [
    ...(suppressed ? [] : [{ mail, to: person.email, identHash: user.identHash, locale }]),
    ...(number
      ? [{ text: { kind: 'text-recovery', cancelUrl } as const, to: number, ...lookups.hashesOf(number), locale }]
      : []),
  ];
}
