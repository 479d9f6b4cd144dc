import { brandOfStage } from '../../brands/brand-of-stage.ts';
import { northwind } from '../../brands/northwind.ts';
import { solmar } from '../../brands/solmar.ts';
import type { Locale } from '../../lambdas/shared/domain/brand.ts';
import type { Mail } from '../../lambdas/shared/mail/mail.ts';
import type { Text } from '../../lambdas/shared/mail/text.ts';

export const sampleBrands = [brandOfStage(northwind, 'prod'), brandOfStage(solmar, 'prod')] as const;

export const allLocales: readonly Locale[] = ['en', 'de', 'fr', 'es', 'it', 'pt-BR', 'ja', 'ar'];

export const sampleCode = '482913';

const at = new Date('2026-11-21T14:05:00Z');
const address = 'n•••@example.com';

/** One mail of each kind. */
export const sampleMails: readonly Mail[] = [
  { kind: 'verify', code: sampleCode, minutes: 10 },
  { kind: 'already-registered' },
  { kind: 'sign-in-code', code: sampleCode, minutes: 5 },
  { kind: 'sign-in-code', code: sampleCode, minutes: 5, linkUrl: 'https://id.example/sign-in/link?flow=f&token=t' },
  { kind: 'recovery', code: sampleCode, minutes: 10 },
  { kind: 'recovery-unknown' },
  { kind: 'factor-recovery', code: sampleCode, minutes: 10 },
  { kind: 'factor-recovery-waiting', at, cancelUrl: 'https://id.example/recover/factors/cancel?person=p&token=t' },
  { kind: 'factor-recovery-stopped', at, name: 'Anna' },
  { kind: 'factors-recovered', at },
  { kind: 'password-changed', at, name: 'Anna' },
  { kind: 'email-change-old', at, address, cancelUrl: 'https://id.example/email-change/cancel?flow=f&token=t' },
  { kind: 'email-changed', at, address },
  {
    kind: 'new-sign-in',
    at,
    name: 'Anna',
    device: { browser: 'Firefox', system: 'macOS' },
    place: { city: 'Lyon', country: 'FR' },
    notMeUrl: 'https://id.example/recover/not-me?user=u&token=t',
  },
  { kind: 'sign-in-stopped', at, device: {}, place: {}, notMeUrl: 'https://id.example/recover/not-me?user=u&token=t' },
  { kind: 'factor-added', at, factor: 'totp', name: 'Anna' },
  { kind: 'factor-removed', at, factor: 'passkey' },
  { kind: 'code-channel-changed', at, channel: 'text', name: 'Anna' },
  { kind: 'code-channel-changed', at, channel: 'mail' },
  { kind: 'recovery-codes-made', at },
  { kind: 'recovery-code-used', at, left: 9 },
  { kind: 'email-change-new', code: sampleCode, minutes: 10 },
];

/** One text of each kind. */
export const sampleTexts: readonly Text[] = [
  { kind: 'text-code', code: sampleCode },
  { kind: 'text-verify', code: sampleCode },
  { kind: 'text-recovery', cancelUrl: 'https://id.example/recover/factors/cancel?person=p&token=t' },
];
