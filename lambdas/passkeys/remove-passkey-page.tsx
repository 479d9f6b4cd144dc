import { accountPage } from '../shared/pages/account-page.tsx';
import { Check, PageForm, Submit } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';
import type { PasskeyView } from './passkey-view.ts';
import { nameOf } from './passkeys-page.tsx';

/** Whether a passkey is to be removed: it cannot be undone. */
export function removePasskeyPage(view: View, passkey: PasskeyView): PageContent {
  const { say } = view;
  return accountPage(view, {
    title: say('passkeys.remove_title'),
    lead: say('passkeys.remove_lead', { name: nameOf(view, passkey) }),
    content: (
      <PageForm view={view} action="/account/security/passkeys/remove">
        <input type="hidden" name="passkey" value={passkey.id} />
        <Check view={view} id="others" label={say('passkeys.others')} checked={false} />
        <Submit>{say('passkeys.remove')}</Submit>
      </PageForm>
    ),
  });
}
