import type { Brand, Locale } from '../domain/brand.ts';
import { pageTexts } from '../messages/page-texts.ts';
import { renderPage } from '../pages/render-page.tsx';
import type { Reply } from './reply.ts';

/** A page for a failure that nobody else can be told of; its reference finds the request in the logs. */
export async function errorPage(brand: Brand, locale: Locale, status: number, reference: string): Promise<Reply> {
  const messages = await pageTexts(brand, locale);
  const title = messages[status >= 500 ? 'fault.title' : 'error.title'];
  const content = (
    <>
      <h1>{title}</h1>
      <p>{messages[status >= 500 ? 'fault.lead' : 'error.lead']}</p>
      <p class="reference">
        {messages['error.reference']} <code>{reference}</code>
      </p>
    </>
  );
  return { status, ...renderPage({ brand, locale, title, content }) };
}
