import type { CreationOptions } from '../shared/domain/passkey-options.ts';
import { accountPage } from '../shared/pages/account-page.tsx';
import { Check, Field } from '../shared/pages/form.tsx';
import { NoPasskeys, PasskeyForm } from '../shared/pages/passkey-form.tsx';
import { passkeyScript } from '../shared/pages/passkey-script.ts';
import type { PageContent, View } from '../shared/pages/view.ts';

interface AddState {
  readonly options: CreationOptions;
  /** The person has none yet. */
  readonly first: boolean;
  /** An application waits for the person. */
  readonly goesOn: boolean;
}

/** A new passkey. */
export function addPasskeyPage(view: View, { options, first, goesOn }: AddState): PageContent {
  const { say, link } = view;
  const page = accountPage(view, {
    title: say('passkeys.add'),
    lead: say('passkeys.lead'),
    content: (
      <>
        <PasskeyForm
          view={view}
          action="/account/security/passkeys/add"
          options={options}
          label={say('passkeys.create')}
          main
        >
          <Field
            view={view}
            id="name"
            label={say('passkeys.name')}
            hint={say('passkeys.name.hint')}
            autocomplete="off"
            optional
          />
          {!first && <Check view={view} id="others" label={say('passkeys.others')} checked={false} />}
        </PasskeyForm>
        <NoPasskeys>
          <p>{say('passkey.none')}</p>
        </NoPasskeys>
        {goesOn && (
          <div class="more">
            <p>
              <a href={link('/oauth2/authorize/continue')}>{say('purposes.decline')}</a>
            </p>
          </div>
        )}
      </>
    ),
  });
  return { ...page, script: passkeyScript };
}
