import type { Look } from '../domain/brand.ts';
import type { MailTexts } from '../messages/mail-texts.ts';
import { colour, mix } from './colour.ts';
import type { Html } from './html.ts';

const paper = '#ffffff';
/** Background and card at night; a shade of the brand's text colour would be muddy. */
const night = { page: '#0f1114', card: '#1a1d21', ink: '#eceef0', quiet: '#a9afb6' };

/** Fonts with even figures; the code is read digit by digit. */
const figures = "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace";

/** Dark mode overrides what stands inline; clients that drop it show the light mail. */
function darkSheet({ accent }: Look): string {
  return [
    ':root { color-scheme: light dark; supported-color-schemes: light dark; }',
    '@media (prefers-color-scheme: dark) {',
    `.page { background-color: ${colour(night.page)} !important; }`,
    `.card { background-color: ${colour(night.card)} !important; border-color: ${mix(night.ink, night.card, 0.14)} !important; }`,
    `.tint { background-color: ${mix(accent, night.card, 0.16)} !important; border-color: ${mix(accent, night.card, 0.4)} !important; }`,
    `.ink { color: ${colour(night.ink)} !important; }`,
    `.quiet { color: ${colour(night.quiet)} !important; }`,
    '}',
    '@media (max-width: 480px) { .card { padding: 28px 22px 16px !important; } }',
  ].join('\n');
}

const words = (declarations: Readonly<Record<string, string>>) =>
  Object.entries(declarations)
    .map(([property, value]) => `${property}: ${value}`)
    .join('; ');

/** Inline styles of a mail in the brand's look. */
export function mailStyle(look: Look, { direction, locale }: MailTexts) {
  const start = direction === 'rtl' ? 'right' : 'left';
  const end = direction === 'rtl' ? 'left' : 'right';
  const ink = colour(look.text);
  const soft = mix(look.text, paper, 0.68);
  const radius = `${look.radius}px`;
  // Letters of Arabic join and those of Japanese are square: tracking and capitals are for the others.
  const spaced = locale !== 'ar' && locale !== 'ja';
  const text = { 'font-family': look.font, 'text-align': start };
  return {
    sheet: { html: darkSheet(look) } satisfies Html,
    body: words({ margin: '0', padding: '0', width: '100%', 'background-color': colour(look.background) }),
    preheader: words({
      display: 'none',
      'max-height': '0',
      'max-width': '0',
      overflow: 'hidden',
      opacity: '0',
      'mso-hide': 'all',
    }),
    page: words({ ...text, padding: '40px 16px', 'background-color': colour(look.background) }),
    column: words({ 'max-width': '560px', margin: '0 auto' }),
    header: words({ padding: '0 4px 24px', 'line-height': '40px' }),
    logo: words({ display: 'block', height: '40px', border: '0', font: `700 20px ${look.font}`, color: ink }),
    mark: words({
      display: 'inline-block',
      width: '40px',
      height: '40px',
      'line-height': '40px',
      'text-align': 'center',
      'vertical-align': 'middle',
      'font-size': '20px',
      'font-weight': '700',
      'border-radius': `${Math.min(look.radius, 20)}px`,
      'background-color': colour(look.accent),
      color: colour(look.onAccent),
    }),
    name: words({
      'vertical-align': 'middle',
      [`padding-${start}`]: '12px',
      'font-size': '18px',
      'font-weight': '700',
      color: ink,
    }),
    card: words({
      padding: '40px 40px 28px',
      'background-color': paper,
      border: `1px solid ${mix(look.text, paper, 0.12)}`,
      'border-radius': radius,
    }),
    title: words({
      margin: '0 0 20px',
      'font-size': '26px',
      'line-height': '34px',
      'font-weight': '700',
      ...(spaced && { 'letter-spacing': '-0.01em' }),
      color: ink,
    }),
    paragraph: words({ margin: '0 0 16px', 'font-size': '16px', 'line-height': '26px', color: ink }),
    quiet: words({ margin: '0 0 12px', 'font-size': '14px', 'line-height': '22px', color: soft }),
    codeBox: words({
      margin: '28px 0',
      padding: '22px 16px 24px',
      'text-align': 'center',
      'background-color': mix(look.accent, paper, 0.08),
      border: `1px solid ${mix(look.accent, paper, 0.3)}`,
      'border-radius': radius,
    }),
    codeLabel: words({
      margin: '0 0 6px',
      'font-size': '13px',
      'line-height': '20px',
      ...(spaced && { 'letter-spacing': '0.08em', 'text-transform': 'uppercase' }),
      color: soft,
    }),
    code: words({
      'font-family': figures,
      'font-size': '38px',
      'line-height': '48px',
      'font-weight': '700',
      'letter-spacing': '0.24em',
      // Takes back the space behind the last digit, so that the code stands in the middle.
      'padding-left': '0.24em',
      color: ink,
    }),
    buttonLine: words({ margin: '28px 0 16px' }),
    button: words({
      display: 'inline-block',
      padding: '14px 28px',
      'font-size': '16px',
      'line-height': '20px',
      'font-weight': '700',
      'text-decoration': 'none',
      'border-radius': radius,
      'background-color': colour(look.accent),
      color: colour(look.onAccent),
      [`margin-${end}`]: '8px',
    }),
    footer: words({ padding: '24px 4px 0' }),
    footerLine: words({ margin: '0 0 6px', 'font-size': '13px', 'line-height': '20px', color: soft }),
  } as const;
}

export type MailStyle = ReturnType<typeof mailStyle>;
