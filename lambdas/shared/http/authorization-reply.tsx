import type { Brand, Locale } from '../domain/brand.ts';
import { journeyOrigins } from '../domain/clients.ts';
import { pageTexts } from '../messages/page-texts.ts';
import type { ResponseTarget } from '../oidc/authorization-request.ts';
import { queryResponse, responseParameters } from '../oidc/authorization-response.ts';
import { renderPage } from '../pages/render-page.tsx';
import type { Reply } from './reply.ts';

/** 303, so that no browser repeats a form with its password at the client (RFC 9700 section 4.12; OP8). */
export function seeOther(location: string, cookies: readonly string[] = []): Reply {
  return { status: 303, headers: { location }, ...(cookies.length > 0 && { cookies }) };
}

/**
 * Answers the client by the mode that it asked for: a redirect, or a page whose form posts itself (OAuth 2.0 Form Post
 * Response Mode; without scripts the person presses the button).
 */
export async function authorizationReply(
  issuer: string,
  brand: Brand,
  locale: Locale,
  target: ResponseTarget,
  said: Readonly<Record<string, string>>,
): Promise<Reply> {
  const parameters = responseParameters(issuer, target, said);
  if (target.responseMode === 'query') return seeOther(queryResponse(target.redirectUri, parameters));
  const messages = await pageTexts(brand, locale);
  const content = (
    <form method="post" action={target.redirectUri} id="answer">
      <h1>{messages['post.title']}</h1>
      {Object.entries(parameters).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit" id="submit">
        {messages['post.button']}
      </button>
    </form>
  );
  const title = messages['post.title'];
  const leadsTo = journeyOrigins(brand, target.clientId, target.redirectUri);
  const page = renderPage({ brand, locale, title, content, leadsTo, submitsItself: true });
  return { status: 200, ...page };
}
