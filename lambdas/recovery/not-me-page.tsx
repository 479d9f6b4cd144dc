import { PageForm, Submit, Summary } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

/** What the link of a sign-in notice carries. */
export interface NotMeFields {
  readonly user: string;
  readonly session: string;
  readonly at: string;
  readonly token: string;
}

/** The page behind “This wasn’t me”: a question, answered by a form post alone (VC7). */
export function notMePage(view: View, fields: NotMeFields): PageContent {
  const { say } = view;
  const title = say('not_me.title');
  return {
    title,
    content: (
      <>
        <h1>{title}</h1>
        <p class="lead">{say('not_me.lead')}</p>
        <Summary view={view} />
        <PageForm view={view} action="/recover/not-me">
          {Object.entries(fields).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <Submit>{say('not_me.button')}</Submit>
        </PageForm>
      </>
    ),
  };
}

/** The link is used, too old, or not ours: the way that is always open stays open. */
export function notMeOverPage(view: View): PageContent {
  const { say, link } = view;
  const title = say('not_me_over.title');
  return {
    title,
    content: (
      <>
        <h1>{title}</h1>
        <p class="lead">{say('not_me_over.lead')}</p>
        <div class="more">
          <p>
            <a href={link('/recover')}>{say('not_me_over.recover')}</a>
          </p>
        </div>
      </>
    ),
  };
}
