import type { Purpose } from '../shared/domain/brand.ts';
import { purposeText } from '../shared/domain/consent.ts';
import { AddressField, Check, Field, NewPasswordField, PageForm, Submit, Summary } from '../shared/pages/form.tsx';
import { passkeyScript } from '../shared/pages/passkey-script.ts';
import type { PageContent, View } from '../shared/pages/view.ts';

/** What the person has filled in so far; never the password. */
export interface SignUpEntries {
  readonly username: string;
  readonly name: string;
  /** Ids of the purposes that are ticked: none to begin with (GD2). */
  readonly ticked: ReadonlySet<string>;
  /** When the form was shown, for it to bring back. */
  readonly shown: string;
  /** Whether the person wants a passkey and no password; nothing where the brand has no such accounts. */
  readonly passwordless: boolean | undefined;
}

/** The form field of a purpose. */
export const purposeField = (id: string) => `purpose.${id}`;

function Purposes({
  view,
  legend,
  purposes,
  ticked,
}: {
  readonly view: View;
  readonly legend: string;
  readonly purposes: readonly Purpose[];
  readonly ticked: ReadonlySet<string>;
}) {
  if (purposes.length === 0) return null;
  return (
    <fieldset>
      <legend>{legend}</legend>
      {purposes.map(({ id, text, required }) => (
        <Check
          view={view}
          id={purposeField(id)}
          label={purposeText(text, view.locale, view.brand.locales.default)}
          checked={ticked.has(id)}
          required={required}
        />
      ))}
    </fieldset>
  );
}

/** A field that no person sees or reaches by keyboard; a reader that reads it out says to leave it empty. */
function Trap({ label }: { readonly label: string }) {
  return (
    <div class="hidden" aria-hidden="true">
      <label for="website">{label}</label>
      <input type="text" id="website" name="website" tabIndex={-1} autocomplete="off" value="" />
    </div>
  );
}

/** A new account: what it depends on stands apart from what is up to the person (GD2). */
export function signUpPage(view: View, { username, name, ticked, shown, passwordless }: SignUpEntries): PageContent {
  const { say, brand, link } = view;
  const title = say('sign_up.title');
  return {
    title,
    ...(passwordless !== undefined && { script: passkeyScript }),
    content: (
      <>
        <h1>{title}</h1>
        <p class="lead">{say('sign_in.lead', { client: view.clientName })}</p>
        <Summary view={view} />
        <PageForm view={view} action="/sign-up">
          <input type="hidden" name="shown" value={shown} />
          <Trap label={say('sign_up.trap')} />
          <AddressField view={view} value={username} focused />
          <NewPasswordField view={view} />
          {passwordless !== undefined && (
            <div data-with-passkeys hidden>
              <Check view={view} id="passwordless" label={say('sign_up.passwordless')} checked={passwordless} />
            </div>
          )}
          <Field
            view={view}
            id="name"
            label={say('sign_up.name')}
            hint={say('sign_up.name.hint')}
            autocomplete="name"
            value={name}
            optional
          />
          <Purposes
            view={view}
            legend={say('sign_up.required')}
            purposes={brand.purposes.filter(({ required }) => required)}
            ticked={ticked}
          />
          <Purposes
            view={view}
            legend={say('sign_up.optional')}
            purposes={brand.purposes.filter(({ required }) => !required)}
            ticked={ticked}
          />
          <Submit>{say('sign_up.button')}</Submit>
        </PageForm>
        <div class="more">
          <p>
            {say('sign_up.have')} <a href={link('/sign-in')}>{say('sign_in.title')}</a>
          </p>
        </div>
      </>
    ),
  };
}
