import { purposeText } from '../shared/domain/consent.ts';
import { Field, PageForm, Submit, Summary } from '../shared/pages/form.tsx';
import { scopeInWords } from '../shared/pages/scope-in-words.ts';
import type { PageContent, View } from '../shared/pages/view.ts';
import type { Home } from './view-home.ts';

interface Part {
  readonly view: View;
  readonly home: Home;
}

/** A form of one button that names what it is about. */
function Press({
  view,
  action,
  fields,
  label,
  about,
}: {
  readonly view: View;
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly label: string;
  /** Id of what it is about: several buttons have the same words. */
  readonly about: string;
}) {
  return (
    <PageForm view={view} action={action}>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class="text" aria-describedby={about}>
        {label}
      </button>
    </PageForm>
  );
}

function Profile({ view, home }: Part) {
  const { say, link } = view;
  return (
    <section aria-labelledby="profile">
      <h2 id="profile">{say('home.profile')}</h2>
      <PageForm view={view} action="/account/profile">
        <Field
          view={view}
          id="name"
          label={say('sign_up.name')}
          hint={say('sign_up.name.hint')}
          autocomplete="name"
          value={home.name}
          optional
        />
        <Submit>{say('home.save')}</Submit>
      </PageForm>
      <ul class="list rows">
        <li>
          <span class="grow">
            {say('form.password')}
            <small>{say('home.password.hint')}</small>
          </span>
          <a href={link('/recover')}>{say('home.password')}</a>
        </li>
      </ul>
    </section>
  );
}

function Purposes({ view, home }: Part) {
  const { say, locale, brand } = view;
  return (
    <section aria-labelledby="purposes">
      <h2 id="purposes">{say('home.purposes')}</h2>
      <ul class="list rows">
        {home.purposes.map(({ purpose, granted }) => (
          <li>
            <span class="grow" id={`about-${purpose.id}`}>
              {purposeText(purpose.text, locale, brand.locales.default)}
              <small>{say(granted ? 'home.granted' : 'home.not_granted')}</small>
            </span>
            {(!purpose.required || !granted) && (
              <Press
                view={view}
                action="/account/purposes"
                fields={{ purpose: purpose.id, granted: granted ? 'no' : 'yes' }}
                label={say(granted ? 'home.withdraw' : 'home.agree')}
                about={`about-${purpose.id}`}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Applications({ view, home }: Part) {
  const { say } = view;
  return (
    <section aria-labelledby="applications">
      <h2 id="applications">{say('home.applications')}</h2>
      {home.applications.length === 0 && <p class="lead">{say('home.applications.none')}</p>}
      <ul class="list rows" hidden={home.applications.length === 0}>
        {home.applications.map(({ id, name, scopes }) => (
          <li>
            <span class="grow" id={`about-${id}`}>
              {name}
              <small>{scopes.map((scope) => scopeInWords(view, scope)).join(' · ')}</small>
            </span>
            <Press
              view={view}
              action="/account/applications"
              fields={{ client: id }}
              label={say('home.disconnect')}
              about={`about-${id}`}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Sessions({ view, home }: Part) {
  const { say, locale } = view;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{say('home.sessions')}</h2>
      <ul class="list rows" hidden={home.sessions.length === 0}>
        {home.sessions.map(({ id, client, device, place, seenAt }) => (
          <li>
            <span class="grow" id={`about-${id}`}>
              {client}
              <small>
                <bdi>{device || say('home.device')}</bdi> · <bdi>{place}</bdi> · {date.format(seenAt)}
              </small>
            </span>
            <Press
              view={view}
              action="/account/sessions"
              fields={{ session: id }}
              label={say('home.end')}
              about={`about-${id}`}
            />
          </li>
        ))}
      </ul>
      <PageForm view={view} action="/account/sign-out">
        <button type="submit" class="second">
          {say('home.sign_out')}
        </button>
      </PageForm>
      <PageForm view={view} action="/account/sign-out-everywhere">
        <button type="submit" class="second">
          {say('home.sign_out_everywhere')}
        </button>
      </PageForm>
    </section>
  );
}

/** The home of an account: everything that a person has here, and the way to change it. */
export function homePage(view: View, home: Home, saved: boolean): PageContent {
  const { say } = view;
  const title = say('home.title');
  return {
    title,
    wide: true,
    content: (
      <>
        <h1>{title}</h1>
        <p class="lead">
          <strong dir="ltr">{home.email}</strong>
        </p>
        {saved && (
          <p class="notice" role="status">
            {say('home.saved')}
          </p>
        )}
        <Summary view={view} />
        <Profile view={view} home={home} />
        <Purposes view={view} home={home} />
        <Applications view={view} home={home} />
        <Sessions view={view} home={home} />
      </>
    ),
  };
}
