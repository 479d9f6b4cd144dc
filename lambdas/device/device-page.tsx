import { shownUserCode } from '../shared/domain/device-authorization.ts';
import { Field, PageForm, Submit, Summary, Who } from '../shared/pages/form.tsx';
import { scopeInWords } from '../shared/pages/scope-in-words.ts';
import { SelfRegistered } from '../shared/pages/self-registered.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

/** Asks for the code that a device shows; a link may have filled it in, but only the person sends it (WEB5). */
export function deviceCodePage(view: View, code: string): PageContent {
  const { say } = view;
  return {
    title: say('device.title'),
    content: (
      <>
        <h1>{say('device.title')}</h1>
        <p class="lead">{say('device.lead')}</p>
        <Summary view={view} />
        <PageForm view={view} action="/device">
          <Field
            view={view}
            id="user_code"
            label={say('form.code')}
            hint={say('device.code.hint')}
            autocomplete="off"
            value={code}
            leftToRight
            focused
          />
          <Submit>{say('form.continue')}</Submit>
        </PageForm>
      </>
    ),
  };
}

interface ConfirmState {
  readonly email: string;
  /** Id of the person that the question is put to. */
  readonly person: string;
  readonly code: string;
  readonly scopes: readonly string[];
}

/** Shows which application asks, on a device with which code, before anything is allowed (RFC 8628 section 5.4). */
export function confirmDevicePage(view: View, { email, person, code, scopes }: ConfirmState): PageContent {
  const { say, clientName, link } = view;
  return {
    title: say('device_confirm.title'),
    content: (
      <>
        <h1>{say('device_confirm.title')}</h1>
        <Who email={email} href={link('/sign-in')} label={say('password.other')} />
        <Summary view={view} />
        <SelfRegistered view={view} />
        <p>{say('device_confirm.lead', { client: clientName })}</p>
        <p class="lead">
          <strong dir="ltr" id="user_code">
            {shownUserCode(code)}
          </strong>
        </p>
        <p>{say('consent.scopes')}</p>
        <ul class="list scopes">
          {scopes.map((scope) => (
            <li>{scopeInWords(view, scope)}</li>
          ))}
        </ul>
        <p>{say('device_confirm.warning')}</p>
        <PageForm view={view} action="/device/confirm">
          <input type="hidden" name="person" value={person} />
          <button type="submit" id="submit" name="decision" value="allow">
            {say('device_confirm.allow')}
          </button>
          <button type="submit" id="deny" class="second" name="decision" value="deny">
            {say('device_confirm.deny')}
          </button>
        </PageForm>
      </>
    ),
  };
}

/** The end of the way. */
export function deviceDonePage({ say }: View, outcome: 'connected' | 'refused'): PageContent {
  const title = say(`device_${outcome}.title`);
  return {
    title,
    content: (
      <>
        <h1>{title}</h1>
        <p class="lead">{say(`device_${outcome}.lead`)}</p>
      </>
    ),
  };
}
