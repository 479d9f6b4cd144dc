import { PageForm, Summary, Who } from '../shared/pages/form.tsx';
import { scopeInWords } from '../shared/pages/scope-in-words.ts';
import { SelfRegistered } from '../shared/pages/self-registered.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

interface ConsentState {
  readonly email: string;
  readonly scopes: readonly string[];
  /** Host that the person returns to. */
  readonly domain: string;
}

/** What a client asks for: who it is, what it gets, where it leads. Only a press of the button allows it (WEB5). */
export function consentPage(view: View, { email, scopes, domain }: ConsentState): PageContent {
  const { say, clientName, link } = view;
  const title = say('consent.title', { client: clientName });
  return {
    title,
    content: (
      <>
        <h1>{title}</h1>
        <Who email={email} href={link('/sign-in')} label={say('password.other')} />
        <Summary view={view} />
        <SelfRegistered view={view} />
        <p>{say('consent.scopes')}</p>
        <ul class="list scopes">
          {scopes.map((scope) => (
            <li>{scopeInWords(view, scope)}</li>
          ))}
        </ul>
        <PageForm view={view} action="/consent">
          <button type="submit" id="submit" name="decision" value="allow">
            {say('consent.allow')}
          </button>
          <button type="submit" id="deny" class="second" name="decision" value="deny">
            {say('consent.deny')}
          </button>
        </PageForm>
        <div class="more">
          <p>{say('consent.domain', { domain })}</p>
        </div>
      </>
    ),
  };
}
