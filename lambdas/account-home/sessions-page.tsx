import { accountPage, Press } from '../shared/pages/account-page.tsx';
import { PageForm } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';
import type { SessionShown } from './view-sessions.ts';

/** What the page of sessions shows. */
export interface SessionsState {
  readonly browsers: readonly SessionShown[];
  readonly applications: readonly SessionShown[];
  readonly saved: boolean;
}

interface ListState {
  readonly view: View;
  readonly id: string;
  readonly heading: string;
  readonly sessions: readonly SessionShown[];
}

function SessionList({ view, id: list, heading, sessions }: ListState) {
  const { say, locale } = view;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  if (sessions.length === 0) return null;
  return (
    <section aria-labelledby={list}>
      <h2 id={list}>{heading}</h2>
      <ul class="list rows">
        {sessions.map(({ id, client, device, place, seenAt, current }) => (
          <li>
            <span class="grow" id={`about-${id}`}>
              <bdi>{client ?? (device || say('home.device'))}</bdi>
              {current && <strong class="badge">{say('home.current')}</strong>}
              <small>
                {client !== undefined && (
                  <>
                    <bdi>{device || say('home.device')}</bdi>
                    {' · '}
                  </>
                )}
                <bdi>{place}</bdi> · {date.format(seenAt)}
              </small>
            </span>
            <Press
              view={view}
              action={current ? '/account/sign-out' : '/account/sessions'}
              fields={current ? {} : { session: id }}
              label={say('home.end')}
              about={`about-${id}`}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where the person is signed in: browsers and applications, ended one by one or all at once (SES8). */
export function sessionsPage(view: View, { browsers, applications, saved }: SessionsState): PageContent {
  const { say } = view;
  return accountPage(view, {
    title: say('home.sessions'),
    lead: say('home.sessions.lead'),
    notice: saved ? say('home.ended') : undefined,
    content: (
      <>
        <SessionList view={view} id="browsers" heading={say('home.browsers')} sessions={browsers} />
        <SessionList view={view} id="clients" heading={say('home.clients')} sessions={applications} />
        <PageForm view={view} action="/account/sign-out-everywhere">
          <button type="submit" id="submit" class="second">
            {say('home.sign_out_everywhere')}
          </button>
        </PageForm>
      </>
    ),
  });
}
