import { Field, PageForm, Submit, Summary } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

/** Who is it? The same for known and unknown addresses; how they prove it comes on the next page. */
export function signInPage(view: View, state: { readonly username: string; readonly recovered: boolean }): PageContent {
  const { say, clientName, link } = view;
  return {
    title: say('sign_in.title'),
    content: (
      <>
        <h1>{say('sign_in.title')}</h1>
        <p class="lead">{say('sign_in.lead', { client: clientName })}</p>
        {state.recovered && (
          <p class="notice" role="status">
            {say('recovered.notice')}
          </p>
        )}
        <Summary view={view} />
        <PageForm view={view} action="/sign-in">
          <Field
            view={view}
            id="username"
            type="email"
            label={say('form.email')}
            autocomplete="username"
            value={state.username}
            leftToRight
            focused
          />
          <Submit>{say('form.continue')}</Submit>
        </PageForm>
        <div class="more">
          <p>
            {say('sign_in.new')} <a href={link('/sign-up')}>{say('sign_in.create')}</a>
          </p>
        </div>
      </>
    ),
  };
}
