import { PageForm, Submit, Summary } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

/** Behind the link in a mail, in the browser that asked for it: a question, answered by a form alone (VC7). */
export function linkPage(view: View, email: string): PageContent {
  const { say } = view;
  return {
    title: say('link.title'),
    content: (
      <>
        <h1>{say('link.title')}</h1>
        <p class="lead">{say('link.lead', { email })}</p>
        <Summary view={view} />
        <PageForm view={view} action="/sign-in/link">
          <Submit>{say('password.button')}</Submit>
        </PageForm>
      </>
    ),
  };
}

/** Behind the link in any other browser: the code of the same mail is for the one that asked. */
export function elsewherePage({ say }: View): PageContent {
  return {
    title: say('link.elsewhere.title'),
    content: (
      <>
        <h1>{say('link.elsewhere.title')}</h1>
        <p class="lead">{say('link.elsewhere.lead')}</p>
      </>
    ),
  };
}
