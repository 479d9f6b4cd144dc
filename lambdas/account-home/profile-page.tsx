import { accountPage } from '../shared/pages/account-page.tsx';
import { Field, PageForm, Submit } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

/** What the person is called. */
export function profilePage(view: View, name: string, saved: boolean): PageContent {
  const { say } = view;
  return accountPage(view, {
    title: say('home.profile'),
    notice: saved ? say('home.saved') : undefined,
    content: (
      <PageForm view={view} action="/account/profile">
        <Field
          view={view}
          id="name"
          label={say('sign_up.name')}
          hint={say('sign_up.name.hint')}
          autocomplete="name"
          value={name}
          optional
        />
        <Submit>{say('home.save')}</Submit>
      </PageForm>
    ),
  });
}
