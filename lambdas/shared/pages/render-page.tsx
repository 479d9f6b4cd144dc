import { createHash } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import type { Brand, Locale } from '../domain/brand.ts';
import { direction } from '../messages/direction.ts';
import { stylesheet } from './theme.ts';

export interface Page {
  readonly brand: Brand;
  readonly locale: Locale;
  readonly title: string;
  readonly content: ComponentChildren;
  /** Where else than here a form of the page may go. */
  readonly postsTo?: string;
  /** The form `answer` is sent by a script as soon as it is there. */
  readonly submitsItself?: boolean;
}

/** A page as HTTP wants it: the document, and the headers that fence it in (WEB1). */
export interface RenderedPage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The page's own style is named by its hash; nothing else loads, runs, frames or leaves. */
function policy(style: string, postsTo: string | undefined, script: string | undefined): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const scripts = script === undefined ? '' : ` script-src ${hash(script)};`;
  const forms = postsTo === undefined ? "'self'" : new URL(postsTo).origin;
  return `default-src 'none'; style-src ${hash(style)};${scripts} form-action ${forms}; frame-ancestors 'none'; base-uri 'none'`;
}

const submit = "document.getElementById('answer').submit()";

/** Renders a whole document; every value in it is escaped by the renderer. */
export function renderPage({ brand, locale, title, content, postsTo, submitsItself }: Page): RenderedPage {
  const script = submitsItself ? submit : undefined;
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
        <main>
          <p class="brand">{brand.name}</p>
          {content}
        </main>
        {script && <script dangerouslySetInnerHTML={{ __html: script }} />}
      </body>
    </html>
  );
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy(style, postsTo, script),
      'cross-origin-opener-policy': 'same-origin',
      'x-frame-options': 'DENY',
    },
    body: `<!doctype html>${render(document)}`,
  };
}
