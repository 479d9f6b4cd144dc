import type { ComponentChildren } from 'preact';
import type { CreationOptions, RequestOptions } from '../domain/passkey-options.ts';
import { PageForm } from './form.tsx';
import type { View } from './view.ts';

interface PasskeyState {
  readonly view: View;
  readonly action: string;
  /** Of a new passkey, or of the use of one. */
  readonly options: CreationOptions | RequestOptions;
  /** The page's field of a name offers passkeys as well (conditional mediation). */
  readonly inField?: boolean;
  /** The one action of the page, or one beside others. */
  readonly main?: boolean;
  readonly label: string;
  readonly children?: ComponentChildren;
}

/**
 * A button that asks the browser for a passkey and sends what it answers. Hidden until the script has seen that this
 * browser knows passkeys: without scripts there is nothing to press in vain (WEB7).
 */
export function PasskeyForm({ view, action, options, inField, main, label, children }: PasskeyState) {
  const kind = 'rp' in options ? 'create' : 'get';
  const state: Readonly<Record<string, string | undefined>> = {
    'data-passkey': kind,
    'data-options': JSON.stringify(options),
    'data-failed': view.say('passkey.failed'),
    'data-known': view.say('passkey.known'),
    ...(inField && { 'data-field': 'yes' }),
  };
  return (
    <div class="passkey" hidden {...state}>
      <PageForm view={view} action={action}>
        <input type="hidden" name="credential" value="" />
        {children}
        <p class="error" role="alert" hidden />
        <button type="submit" class={main ? undefined : 'second'}>
          {label}
        </button>
      </PageForm>
    </div>
  );
}

/** Tells a person without scripts, or whose browser knows no passkeys, that there is another way. */
export function NoPasskeys({ children }: { readonly children: ComponentChildren }) {
  return <div class="no-passkey">{children}</div>;
}

/** What the browser is told of passkeys, so that it offers none that are dead (WebAuthn Level 3, signal methods). */
export type PasskeySignal =
  | { readonly tell: 'signalUnknownCredential'; readonly rpId: string; readonly credentialId: string }
  | {
      readonly tell: 'signalAllAcceptedCredentials';
      readonly rpId: string;
      readonly userId: string;
      readonly allAcceptedCredentialIds: readonly string[];
    };

/** Carries a signal to the script. */
export function Signal({ signal }: { readonly signal: PasskeySignal | undefined }) {
  if (!signal) return null;
  const { tell, ...data } = signal;
  return <div hidden data-signal={tell} data-said={JSON.stringify(data)} />;
}
