import { AddressField, PageForm, Submit, Summary } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

/** Whose password is forgotten? The same for known and unknown addresses (REC1). */
export function recoveryPage(view: View, username: string): PageContent {
  const { say, link } = view;
  const title = say('recover.title');
  return {
    title,
    content: (
      <>
        <h1>{title}</h1>
        <p class="lead">{say('recover.lead')}</p>
        <Summary view={view} />
        <PageForm view={view} action="/recover">
          <AddressField view={view} value={username} focused />
          <Submit>{say('recover.button')}</Submit>
        </PageForm>
        <div class="more">
          <p>
            <a href={link('/sign-in')}>{say('recover.sign_in')}</a>
          </p>
        </div>
      </>
    ),
  };
}
