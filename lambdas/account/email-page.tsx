import { accountPage } from '../shared/pages/account-page.tsx';
import { AddressField, PageForm, PasswordField, Submit } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

interface EmailState {
  readonly email: string;
  /** The new address, as it was typed. */
  readonly username: string;
  /** The sign-in is not recent: the current password stands in for it. */
  readonly asksPassword: boolean;
}

/** Another address for the account (EM1, EM2). */
export function emailPage(view: View, { email, username, asksPassword }: EmailState): PageContent {
  const { say } = view;
  return accountPage(view, {
    title: say('home.email.title'),
    lead: say('home.email.lead', { email }),
    content: (
      <PageForm view={view} action="/account/email">
        <AddressField view={view} label={say('home.email.new')} autocomplete="email" value={username} focused />
        {asksPassword && <PasswordField view={view} id="current_password" label={say('home.password.current')} />}
        <Submit>{say('form.continue')}</Submit>
      </PageForm>
    ),
  });
}

/** The other ways out of the page of the code. */
export function EmailCodeMore({ view }: { readonly view: View }) {
  const { say, link } = view;
  return (
    <>
      <p>
        <a href={link('/account/email')}>{say('ended.again')}</a>
      </p>
      <PageForm view={view} action="/account/email/cancel">
        <button type="submit" class="text">
          {say('home.email.keep')}
        </button>
      </PageForm>
    </>
  );
}
