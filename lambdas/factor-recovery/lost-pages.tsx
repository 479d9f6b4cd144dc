import { CodeField, Field, PageForm, Submit, Summary } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';
import type { Standing } from './prove-address.ts';

/** Whose factors are lost, and how long it takes. */
export function lostPage(
  view: View,
  { username, hours }: { readonly username: string; readonly hours: number },
): PageContent {
  const { say } = view;
  return {
    title: say('lost.title'),
    content: (
      <>
        <h1>{say('lost.title')}</h1>
        <p class="lead">{say('lost.lead', { hours })}</p>
        <Summary view={view} />
        <PageForm view={view} action="/recover/factors">
          <Field
            view={view}
            id="username"
            type="email"
            label={say('form.email')}
            autocomplete="username"
            value={username}
            leftToRight
            focused
          />
          <Submit>{say('form.continue')}</Submit>
        </PageForm>
      </>
    ),
  };
}

/** The mailed code, and a new password for who wants one. */
export function lostCodePage(
  view: View,
  { email, minutes }: { readonly email: string; readonly minutes: number },
): PageContent {
  const { say } = view;
  return {
    title: say('lost.code.title'),
    content: (
      <>
        <h1>{say('lost.code.title')}</h1>
        <p class="lead">{say('sign_in_code.lead', { email, minutes })}</p>
        <Summary view={view} />
        <PageForm view={view} action="/recover/factors/code">
          <CodeField view={view} focused />
          <Field
            view={view}
            id="password"
            type="password"
            label={say('lost.password')}
            hint={say('lost.password.hint')}
            autocomplete="new-password"
            optional
          />
          <Submit>{say('form.continue')}</Submit>
        </PageForm>
      </>
    ),
  };
}

/** How it stands. */
export function standingPage(view: View, standing: Standing): PageContent {
  const { say, link } = view;
  if (standing.state === 'waiting') {
    return told(say('lost.waiting.title'), say('lost.waiting.lead', { at: new Date(standing.opensAt * 1000) }));
  }
  const done = standing.state === 'removed' ? 'lost.done' : 'lost.none';
  return told(
    say(`${done}.title`),
    say(`${done}.lead`),
    <a class="button" href={link('/sign-in')}>
      {say('lost.sign_in')}
    </a>,
  );
}

/** The question behind the link in a notice (VC7). */
export function stopPage(
  view: View,
  { person, token }: { readonly person: string; readonly token: string },
): PageContent {
  const { say } = view;
  return told(
    say('lost.cancel.title'),
    say('lost.cancel.lead'),
    <PageForm view={view} action="/recover/factors/cancel">
      <input type="hidden" name="person" value={person} />
      <input type="hidden" name="token" value={token} />
      <Submit>{say('lost.cancel.button')}</Submit>
    </PageForm>,
  );
}

/** It is stopped. */
export function stoppedPage({ say }: View): PageContent {
  return told(say('lost.cancelled.title'), say('lost.cancelled.lead'));
}

/** There is nothing to stop: the link is used, of another removal, or not ours. */
export function nothingToStopPage({ say }: View): PageContent {
  return told(say('over.title'), say('over.lead'));
}

function told(title: string, lead: string, more?: PageContent['content']): PageContent {
  return {
    title,
    content: (
      <>
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        {more}
      </>
    ),
  };
}
