import { KnownAddress, PageForm, PasswordField, Submit, Summary, Who } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

/** The password of an address, known or not, or a code by mail instead. */
export function passwordPage(view: View, email: string): PageContent {
  const { say, link } = view;
  return {
    title: say('password.title'),
    content: (
      <>
        <h1>{say('password.title')}</h1>
        <Who email={email} href={link('/sign-in')} label={say('password.other')} />
        <Summary view={view} />
        <PageForm view={view} action="/sign-in/password">
          <KnownAddress email={email} />
          <PasswordField view={view} focused />
          <Submit>{say('password.button')}</Submit>
        </PageForm>
        <PageForm view={view} action="/sign-in/code/start">
          <button type="submit" class="second">
            {say('password.code')}
          </button>
        </PageForm>
        <div class="more">
          <p>
            <a href={link('/recover')}>{say('password.forgot')}</a>
          </p>
        </div>
      </>
    ),
  };
}
