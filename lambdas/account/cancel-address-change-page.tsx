import type { Brand, Locale } from '../shared/domain/brand.ts';
import type { PageMessages } from '../shared/messages/page-texts.ts';
import { type RenderedPage, renderPage } from '../shared/pages/render-page.tsx';

/** What the person is shown: the question, or how it ended. */
export type CancelPageState =
  | { readonly show: 'cancel'; readonly flow: string; readonly token: string }
  | { readonly show: 'cancelled' | 'over' };

/** The page behind the link in the notice to the old address: a question, answered by a form post alone (VC7). */
export function cancelAddressChangePage(
  brand: Brand,
  locale: Locale,
  messages: PageMessages,
  state: CancelPageState,
): RenderedPage {
  const title = messages[`${state.show}.title`];
  const content = (
    <>
      <h1>{title}</h1>
      <p>{messages[`${state.show}.lead`]}</p>
      {state.show === 'cancel' && (
        <form method="post" action="/email-change/cancel">
          <input type="hidden" name="flow" value={state.flow} />
          <input type="hidden" name="token" value={state.token} />
          <button type="submit" id="submit">
            {messages['cancel.button']}
          </button>
        </form>
      )}
    </>
  );
  return renderPage({ brand, locale, title, content });
}
