import type { RequestOptions } from '../shared/domain/passkey-options.ts';
import { Summary } from '../shared/pages/form.tsx';
import { NoPasskeys, PasskeyForm, type PasskeySignal, Signal } from '../shared/pages/passkey-form.tsx';
import { passkeyScript } from '../shared/pages/passkey-script.ts';
import type { PageContent, View } from '../shared/pages/view.ts';

/** Signs in with a passkey: where a first try on the page of the address failed, or where somebody came here at once. */
export function passkeyPage(
  view: View,
  { options, signal }: { readonly options: RequestOptions; readonly signal: PasskeySignal | undefined },
): PageContent {
  const { say, link } = view;
  return {
    title: say('passkey.sign_in'),
    script: passkeyScript,
    content: (
      <>
        <h1>{say('passkey.sign_in')}</h1>
        <Summary view={view} />
        <Signal signal={signal} />
        <PasskeyForm view={view} action="/sign-in/passkey" options={options} label={say('passkey.sign_in')} main />
        <NoPasskeys>
          <p>{say('passkey.none')}</p>
        </NoPasskeys>
        <div class="more">
          <p>
            <a href={link('/sign-in')}>{say('passkey.other_way')}</a>
          </p>
        </div>
      </>
    ),
  };
}
