import type { Locale } from '../domain/brand.ts';

/** Each language by its own name: whoever looks for it can read it. */
const ownNames: Readonly<Record<Locale, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  it: 'Italiano',
  'pt-BR': 'Português (Brasil)',
  ja: '日本語',
  ar: 'العربية',
};

/** Where a page is to be had in another language. */
export interface LanguageSwitch {
  readonly label: string;
  readonly offered: readonly Locale[];
  readonly href: (locale: Locale) => string;
}

/** The visible switch of languages: plain links, the present one marked. */
export function Languages({ current, languages }: { readonly current: Locale; readonly languages: LanguageSwitch }) {
  const { label, offered, href } = languages;
  return (
    <footer>
      <nav class="languages" aria-label={label}>
        {offered.map((locale) => (
          <a href={href(locale)} lang={locale} hrefLang={locale} aria-current={locale === current ? 'true' : undefined}>
            {ownNames[locale]}
          </a>
        ))}
      </nav>
    </footer>
  );
}
