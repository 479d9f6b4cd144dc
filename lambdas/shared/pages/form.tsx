import type { ComponentChildren } from 'preact';
import type { View } from './view.ts';

/** A form that posts back with everything that its journey carries. Errors are the server's: they are in our words. */
export function PageForm({
  view,
  action,
  children,
}: {
  readonly view: View;
  readonly action: string;
  readonly children: ComponentChildren;
}) {
  return (
    <form method="post" action={action} noValidate>
      {view.carried.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}

interface FieldState {
  readonly view: View;
  /** Also the name of the form field. */
  readonly id: string;
  readonly label: string;
  readonly autocomplete: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly inputMode?: 'numeric' | 'email';
  readonly hint?: string;
  readonly value?: string;
  readonly optional?: boolean;
  /** The person is to begin here. */
  readonly focused?: boolean;
  /** A code alone in its form may be sent as soon as it is filled in. */
  readonly alone?: boolean;
  /** Text that is left-to-right in every language: addresses, codes. */
  readonly leftToRight?: boolean;
}

/** A labelled entry; what is wrong with it stands beside it, is announced with it, and has the focus. */
export function Field(state: FieldState) {
  const { view, id, label, autocomplete, type = 'text', inputMode, hint, value, optional, alone, leftToRight } = state;
  const { say, mistakes } = view;
  const error = mistakes.fields[id];
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  const first = Object.keys(mistakes.fields)[0];
  const focused = first === undefined ? state.focused && mistakes.summary === undefined : first === id;
  const plain = leftToRight || type !== 'text';
  const attributes: Readonly<Record<string, string | boolean | undefined>> = {
    id,
    name: id,
    type,
    autocomplete,
    inputMode,
    value,
    required: !optional,
    autofocus: focused,
    'aria-describedby': described || undefined,
    ...(error && { 'aria-invalid': 'true' }),
    ...(plain && { autocapitalize: 'none', spellcheck: 'false' }),
    ...(leftToRight && { dir: 'ltr' }),
    ...(alone && { 'data-alone': 'yes' }),
    ...(type === 'password' && { 'data-show': say('form.password.show'), 'data-hide': say('form.password.hide') }),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <div class="entry">
        <input {...attributes} />
      </div>
    </div>
  );
}

interface PartState {
  readonly view: View;
  readonly id?: string;
  readonly label?: string;
  readonly hint?: string;
  readonly value?: string;
  readonly focused?: boolean;
  readonly autocomplete?: string;
}

/** An email address that is to be entered: who signs in, or where to. */
export function AddressField({ view, id = 'username', label, ...state }: PartState) {
  const own = { view, id, label: label ?? view.say('form.email'), autocomplete: 'username' } as const;
  return <Field {...own} type="email" leftToRight {...state} />;
}

/** A password of now, which a password manager fills in. */
export function PasswordField({ view, id = 'password', label, ...state }: PartState) {
  const own = { view, id, label: label ?? view.say('form.password'), autocomplete: 'current-password' } as const;
  return <Field {...own} type="password" {...state} />;
}

/** A password to come, with what it must be like; a password manager proposes one. */
export function NewPasswordField({ view, id = 'password', label, ...state }: PartState) {
  const { say, brand } = view;
  const hint = say('form.password.hint', { min: brand.passwords.minLength });
  const own = { view, id, label: label ?? say('form.password'), hint, autocomplete: 'new-password' } as const;
  return <Field {...own} type="password" {...state} />;
}

/** Six digits that were sent, or that an app shows; a phone offers them above its keys. */
export function CodeField({ view, id = 'code', label, ...state }: PartState & Pick<FieldState, 'alone'>) {
  const { say } = view;
  const own = { view, id, label: label ?? say('form.code'), hint: say('form.code.hint') } as const;
  return <Field {...own} inputMode="numeric" autocomplete="one-time-code" leftToRight {...state} />;
}

/** The address that a password belongs to, for password managers alone. */
export function KnownAddress({ email }: { readonly email: string }) {
  return <input type="hidden" name="username" autocomplete="username" value={email} />;
}

/** One statement to agree to. */
export function Check({
  view,
  id,
  label,
  checked,
  required,
}: {
  readonly view: View;
  readonly id: string;
  readonly label: string;
  readonly checked: boolean;
  readonly required?: boolean;
}) {
  const error = view.mistakes.fields[id];
  return (
    <>
      {error && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <div class="check">
        <input
          type="checkbox"
          id={id}
          name={id}
          value="yes"
          checked={checked}
          required={required}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          autofocus={Object.keys(view.mistakes.fields)[0] === id}
        />
        <label for={id}>{label}</label>
      </div>
    </>
  );
}

/** The one action of a page. */
export function Submit({ children }: { readonly children: ComponentChildren }) {
  return (
    <button type="submit" id="submit">
      {children}
    </button>
  );
}

/** What went wrong with the form as a whole: read out at once, and where reading begins. */
export function Summary({ view }: { readonly view: View }) {
  const { summary } = view.mistakes;
  if (summary === undefined) return null;
  return (
    <div class="summary" role="alert" tabIndex={-1} autofocus={Object.keys(view.mistakes.fields).length === 0}>
      {summary}
    </div>
  );
}

/** Whose address the page is about, and the way to another one. */
export function Who({ email, href, label }: { readonly email: string; readonly href: string; readonly label: string }) {
  return (
    <p class="who">
      <strong dir="ltr">{email}</strong>
      <a href={href}>{label}</a>
    </p>
  );
}
