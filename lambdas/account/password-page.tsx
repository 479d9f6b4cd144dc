import { accountPage } from '../shared/pages/account-page.tsx';
import { KnownAddress, NewPasswordField, PageForm, PasswordField, Submit } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

/** A new password on the word of the current one; a first one where the account has none. */
export function passwordPage(view: View, email: string, hasPassword: boolean): PageContent {
  const { say } = view;
  return accountPage(view, {
    title: say(hasPassword ? 'home.password.title' : 'home.password.first'),
    lead: say('home.password.lead'),
    content: (
      <PageForm view={view} action="/account/password">
        <KnownAddress email={email} />
        {hasPassword && (
          <PasswordField view={view} id="current_password" label={say('home.password.current')} focused />
        )}
        <NewPasswordField view={view} label={say('recover.new_password')} focused={!hasPassword} />
        <Submit>{say('recover.button_password')}</Submit>
      </PageForm>
    ),
  });
}
