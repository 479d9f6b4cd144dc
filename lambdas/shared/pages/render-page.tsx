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
}

/** A page as HTTP wants it: the document, and the headers that fence it in (WEB1). */
export interface RenderedPage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The page's own style is named by its hash; nothing else loads, runs, frames or leaves. */
function policy(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;
}

/** Renders a whole document; every value in it is escaped by the renderer. */
export function renderPage({ brand, locale, title, content }: Page): RenderedPage {
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
      </body>
    </html>
  );
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy(style),
      'cross-origin-opener-policy': 'same-origin',
      'x-frame-options': 'DENY',
    },
    body: `<!doctype html>${render(document)}`,
  };
}
