import { accountPage } from '../shared/pages/account-page.tsx';
import { Check, PageForm, Submit } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';
import type { AuthenticatorView } from './authenticator-view.ts';

/** Whether a factor is really to be removed. */
export function removePage(view: View, { id, type }: AuthenticatorView): PageContent {
  const { say, link } = view;
  return accountPage(view, {
    title: say('remove.title'),
    lead: say(`factor.${type}`),
    content: (
      <>
        <p>{say('remove.lead')}</p>
        <PageForm view={view} action="/account/security/remove">
          <input type="hidden" name="authenticator" value={id} />
          <Check view={view} id="others" label={say('security.others')} checked />
          <Submit>{say('remove.button')}</Submit>
        </PageForm>
        <p class="after">
          <a class="button second" href={link('/account/security')}>
            {say('remove.keep')}
          </a>
        </p>
      </>
    ),
  });
}
