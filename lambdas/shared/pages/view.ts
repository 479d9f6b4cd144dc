import type { ComponentChildren } from 'preact';
import type { Brand, Locale } from '../domain/brand.ts';
import type { Say } from '../messages/message.ts';
import type { en } from '../messages/pages/en.ts';

/** What was wrong with a form, in words: of the whole, and beside each field. */
export interface Mistakes {
  readonly summary?: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What every page is made with; a page is a function of it and of its own state. */
export interface View {
  readonly brand: Brand;
  readonly locale: Locale;
  readonly say: Say<typeof en>;
  /** Name of the application that the person comes from. */
  readonly clientName: string;
  /** The application registered itself: the name is its own word. */
  readonly selfRegistered: boolean;
  /** Fields that each form carries along: CSRF token, ticket, journey, chosen language. */
  readonly carried: readonly (readonly [name: string, value: string])[];
  /** The address of another page of the same journey. */
  readonly link: (path: string) => string;
  readonly mistakes: Mistakes;
}

/** What a page says; the layout is the same for all. */
export interface PageContent {
  readonly title: string;
  readonly content: ComponentChildren;
  /** A page with lists wants more room. */
  readonly wide?: boolean;
  /** A script of this page's own, beside that of all pages; it only adds (WEB7). */
  readonly script?: string;
}
