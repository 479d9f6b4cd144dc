import { PageForm, Submit } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

/** The account of this browser, or another one (`prompt=select_account`). */
export function chooseAccountPage(view: View, email: string): PageContent {
  const { say, clientName, link } = view;
  const title = say('choose.title');
  return {
    title,
    content: (
      <>
        <h1>{title}</h1>
        <p class="lead">{say('sign_in.lead', { client: clientName })}</p>
        <PageForm view={view} action="/choose-account">
          <Submit>{say('choose.current', { email })}</Submit>
        </PageForm>
        <p class="after">
          <a class="button second" href={link('/sign-in')}>
            {say('choose.other')}
          </a>
        </p>
      </>
    ),
  };
}
