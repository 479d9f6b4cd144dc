import { createHash } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import type { Brand, Locale } from '../domain/brand.ts';
import { direction } from '../messages/direction.ts';
import { type LanguageSwitch, Languages } from './languages.tsx';
import { pageScript } from './page-script.ts';
import { stylesheet } from './theme.ts';

export interface Page {
  readonly brand: Brand;
  readonly locale: Locale;
  readonly title: string;
  readonly content: ComponentChildren;
  readonly wide?: boolean | undefined;
  /** A script of its own, beside that of all pages. */
  readonly script?: string | undefined;
  readonly languages?: LanguageSwitch;
  /** Origins where else than here a form of the page may end. */
  readonly leadsTo?: readonly string[];
  /** The form `answer` is sent by a script as soon as it is there. */
  readonly submitsItself?: boolean;
}

/** A page as HTTP wants it: the document, and the headers that fence it in (WEB1). */
export interface RenderedPage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const hashes = new Map<string, string>();

function hashOf(text: string): string {
  const hash = hashes.get(text) ?? `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  hashes.set(text, hash);
  return hash;
}

/**
 * The page's own style and script are named by their hashes; nothing else loads, runs, frames or leaves. Browsers hold
 * the redirects after a form to `form-action` too, so the client's origins stand there beside this host.
 */
function policy({ brand, leadsTo = [] }: Page, style: string, scripts: readonly string[]): string {
  const { logo } = brand.look;
  return [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${scripts.map(hashOf).join(' ')}`,
    ...(logo === undefined ? [] : [`img-src ${new URL(logo).origin}`]),
    ["form-action 'self'", ...leadsTo].join(' '),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** By the prototype: the button is called `submit`, and a form's own `submit` is then the button. */
const submit = "HTMLFormElement.prototype.submit.call(document.getElementById('answer'))";

function BrandMark({ brand }: { readonly brand: Brand }) {
  const { logo } = brand.look;
  if (logo !== undefined) {
    return (
      <p class="brand">
        <img src={logo} alt={brand.name} />
      </p>
    );
  }
  return (
    <p class="brand">
      <span class="mark" aria-hidden="true">
        {[...brand.name][0]}
      </span>
      {brand.name}
    </p>
  );
}

/** Renders a whole document; every value in it is escaped by the renderer. */
export function renderPage(page: Page): RenderedPage {
  const { brand, locale, title, content, wide, script, languages, submitsItself } = page;
  const scripts = [submitsItself ? submit : pageScript, ...(script === undefined ? [] : [script])];
  const style = stylesheet(brand.look);
  const document = (
    <html lang={locale} dir={direction(locale)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · ${brand.name}`}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main class={wide ? 'wide' : undefined}>
          <BrandMark brand={brand} />
          <div class="card">{content}</div>
        </main>
        {languages && languages.offered.length > 1 && <Languages current={locale} languages={languages} />}
        {scripts.map((text) => (
          <script dangerouslySetInnerHTML={{ __html: text }} />
        ))}
      </body>
    </html>
  );
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': locale,
      'content-security-policy': policy(page, style, scripts),
      'cross-origin-opener-policy': 'same-origin',
      'x-frame-options': 'DENY',
    },
    body: `<!doctype html>${render(document)}`,
  };
}
