import { ResendForm } from '../shared/pages/code-page.tsx';
import { CodeField, KnownAddress, NewPasswordField, PageForm, Submit, Summary } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

interface NewPasswordState {
  readonly email: string;
  /** Minutes that the code lives. */
  readonly minutes: number;
  /** The code typed so far: it stays where only the password was refused. */
  readonly code: string;
  /** What has brought the person here: the password that was right is known from a leak, or a sign-in was not theirs. */
  readonly notice: string | undefined;
}

/** The mailed code and the new password, in one step: neither works without the other (REC3, REC5). */
export function newPasswordPage(view: View, { email, minutes, code, notice }: NewPasswordState): PageContent {
  const { say } = view;
  const title = say('recover.password_title');
  return {
    title,
    content: (
      <>
        <h1>{title}</h1>
        {notice === 'leaked' && (
          <p class="notice" role="status">
            {say('recover.leaked')}
          </p>
        )}
        <p class="lead">{say('recover.lead_code', { email, minutes })}</p>
        {notice === 'disowned' && (
          <p class="notice" role="status">
            {say('not_me_done.notice')}
          </p>
        )}
        <Summary view={view} />
        <PageForm view={view} action="/recover/password">
          <KnownAddress email={email} />
          <CodeField view={view} value={code} focused />
          <NewPasswordField view={view} label={say('recover.new_password')} />
          <Submit>{say('recover.button_password')}</Submit>
        </PageForm>
        <div class="more">
          <p>{say('code.none')}</p>
          <ResendForm view={view} action="/recover/resend" />
        </div>
      </>
    ),
  };
}
