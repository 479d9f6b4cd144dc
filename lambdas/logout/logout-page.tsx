import type { Brand, Locale } from '../shared/domain/brand.ts';
import { journeyOrigins } from '../shared/domain/clients.ts';
import type { PageMessages } from '../shared/messages/page-texts.ts';
import { type RenderedPage, renderPage } from '../shared/pages/render-page.tsx';
import type { LogoutRequest } from './check-logout-request.ts';

/** What the page shows. */
export type LogoutPageState =
  | { readonly show: 'ask'; readonly request: LogoutRequest; readonly csrf: string }
  | { readonly show: 'done' }
  /** The answer did not come from the form that this browser was shown. */
  | { readonly show: 'crossed' };

const said = {
  ask: ['logout.title', 'logout.lead'],
  done: ['logged-out.title', 'logged-out.lead'],
  crossed: ['refused.title', 'crossed.lead'],
} as const;

/** Asks whether to sign out, or says that it is done. */
export function logoutPage(brand: Brand, locale: Locale, messages: PageMessages, state: LogoutPageState): RenderedPage {
  const [heading, lead] = said[state.show];
  const title = messages[heading];
  const hidden =
    state.show === 'ask'
      ? {
          csrf: state.csrf,
          client_id: state.request.clientId,
          post_logout_redirect_uri: state.request.redirectUri,
          state: state.request.state,
        }
      : {};
  const content = (
    <>
      <h1>{title}</h1>
      <p>{messages[lead]}</p>
      {state.show === 'ask' && (
        <form method="post" action="/oauth2/logout/confirm">
          {Object.entries(hidden).map(([name, value]) => value && <input type="hidden" name={name} value={value} />)}
          <button type="submit" id="submit">
            {messages['logout.button']}
          </button>
        </form>
      )}
    </>
  );
  const { clientId, redirectUri }: Partial<LogoutRequest> = state.show === 'ask' ? state.request : {};
  const leaves = clientId !== undefined && redirectUri !== undefined;
  const leadsTo = leaves ? journeyOrigins(brand, clientId, redirectUri) : [];
  return renderPage({ brand, locale, title, content, leadsTo });
}
