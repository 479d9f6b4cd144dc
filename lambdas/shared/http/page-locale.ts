import type { Brand, Locale } from '../domain/brand.ts';
import { negotiateLocale } from '../messages/negotiate-locale.ts';
import type { Request } from './request.ts';

const name = '__Host-locale';

/** What a page's language follows, in this order. */
export interface LocaleWishes {
  /** Chosen on a page of this journey. */
  readonly chosen: string | undefined;
  /** `ui_locales` of the client (OIDC Core section 3.1.2.1). */
  readonly uiLocales: string | undefined;
  /** Of the account, where it is known. */
  readonly account: Locale | undefined;
}

/** The language of a page: chosen, asked for by the client, the account's, chosen earlier in this browser, the browser's. */
export function pageLocale(brand: Brand, request: Request, wishes: LocaleWishes): Locale {
  const { chosen, uiLocales, account } = wishes;
  const remembered = request.cookies[name];
  const requested = [chosen, ...(uiLocales ?? '').split(' '), account, remembered].filter((tag) => tag !== undefined);
  return negotiateLocale(brand.locales, { requested, acceptLanguage: request.headers['accept-language'] });
}

/** Set-Cookie that remembers a language for a year. */
export function localeCookie(locale: Locale): string {
  return `${name}=${locale}; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax`;
}
