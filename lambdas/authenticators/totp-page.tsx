import { accountPage } from '../shared/pages/account-page.tsx';
import { Check, CodeField, PageForm, Submit } from '../shared/pages/form.tsx';
import { qrCode } from '../shared/pages/qr-code.ts';
import type { PageContent, View } from '../shared/pages/view.ts';

/** The secret of a new authenticator app, to scan or to copy, and its first code. */
export function totpPage(view: View, { secret, uri }: { readonly secret: string; readonly uri: string }): PageContent {
  const { say } = view;
  const picture = qrCode(uri, say('totp.picture'));
  return accountPage(view, {
    title: say('totp.title'),
    lead: say('totp.lead'),
    content: (
      <>
        {/* Made of squares by our own hand: nothing of it is anybody's text. */}
        <div class="qr" dangerouslySetInnerHTML={{ __html: picture }} />
        <p class="hint">{say('totp.key')}</p>
        <p>
          <code class="key" dir="ltr" id="secret">
            {secret.match(/.{1,4}/g)?.join(' ')}
          </code>
        </p>
        <PageForm view={view} action="/account/security/totp">
          <CodeField view={view} hint={say('totp.code')} />
          <Check view={view} id="others" label={say('security.others')} checked />
          <Submit>{say('totp.button')}</Submit>
        </PageForm>
      </>
    ),
  });
}
