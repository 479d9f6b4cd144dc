import { Notice } from '../shared/pages/account-page.tsx';
import { placesOf } from '../shared/pages/account-places.ts';
import { PageForm } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

/** What the overview shows of a person. */
export interface Overview {
  readonly email: string;
  readonly name: string;
  /** What has just been done, by the id that its page sends along. */
  readonly notice: string | undefined;
}

const notices: Readonly<Record<string, 'home.password.saved' | 'home.email.saved' | 'home.email.kept'>> = {
  password: 'home.password.saved',
  email: 'home.email.saved',
  kept: 'home.email.kept',
};

/** The overview of an account: each part of it a page of its own. */
export function homePage(view: View, { email, name, notice }: Overview): PageContent {
  const { say, link } = view;
  const title = say('home.title');
  const done = notice !== undefined && Object.hasOwn(notices, notice) ? notices[notice] : undefined;
  const told: Readonly<Record<string, string>> = { '/account/profile': name };
  return {
    title,
    content: (
      <>
        <h1>{title}</h1>
        <p class="lead">
          <strong dir="ltr">{email}</strong>
        </p>
        <Notice text={done && say(done)} />
        <nav aria-label={title}>
          <ul class="list places">
            {placesOf(view.brand).map(({ path, label, hint }) => (
              <li>
                <a href={link(path)}>
                  <span>
                    {say(label)}
                    <small>{told[path] ? <bdi>{told[path]}</bdi> : say(hint)}</small>
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <PageForm view={view} action="/account/sign-out">
          <button type="submit" id="submit" class="second">
            {say('home.sign_out')}
          </button>
        </PageForm>
      </>
    ),
  };
}
