import type { RequestOptions } from '../shared/domain/passkey-options.ts';
import { Field, PageForm, Submit, Summary } from '../shared/pages/form.tsx';
import { PasskeyForm } from '../shared/pages/passkey-form.tsx';
import { passkeyScript } from '../shared/pages/passkey-script.ts';
import type { PageContent, View } from '../shared/pages/view.ts';

/** What the page may have to say first, by the id that it is sent here with. */
const notices = { recovered: 'recovered.notice', again: 'home.again' } as const;

/** The notice of that id, if there is one. */
export function noticeOf(id: string | undefined): keyof typeof notices | undefined {
  return id === 'recovered' || id === 'again' ? id : undefined;
}

interface SignInState {
  readonly username: string;
  readonly notice: keyof typeof notices | undefined;
  /** Where the brand has passkeys. */
  readonly passkeys: RequestOptions | undefined;
  /** Whether a mobile number is as good as an address. */
  readonly numbers: boolean;
}

/** Who is it? The same for known and unknown addresses; how they prove it comes on the next page. */
export function signInPage(view: View, { username, notice, passkeys, numbers }: SignInState): PageContent {
  const { say, clientName, link } = view;
  return {
    title: say('sign_in.title'),
    ...(passkeys && { script: passkeyScript }),
    content: (
      <>
        <h1>{say('sign_in.title')}</h1>
        <p class="lead">{say('sign_in.lead', { client: clientName })}</p>
        {notice && (
          <p class="notice" role="status">
            {say(notices[notice])}
          </p>
        )}
        <Summary view={view} />
        <PageForm view={view} action="/sign-in">
          <Field
            view={view}
            id="username"
            type={numbers ? 'text' : 'email'}
            label={say(numbers ? 'form.identifier' : 'form.email')}
            autocomplete={passkeys ? 'username webauthn' : 'username'}
            value={username}
            leftToRight
            focused
          />
          <Submit>{say('form.continue')}</Submit>
        </PageForm>
        {passkeys && (
          <PasskeyForm
            view={view}
            action="/sign-in/passkey"
            options={passkeys}
            label={say('passkey.sign_in')}
            inField
          />
        )}
        <div class="more">
          <p>
            {say('sign_in.new')} <a href={link('/sign-up')}>{say('sign_in.create')}</a>
          </p>
        </div>
      </>
    ),
  };
}
