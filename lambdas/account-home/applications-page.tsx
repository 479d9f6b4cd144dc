import { accountPage, Press } from '../shared/pages/account-page.tsx';
import { scopeInWords } from '../shared/pages/scope-in-words.ts';
import type { PageContent, View } from '../shared/pages/view.ts';

/** An application that the person lets in. */
export interface Connected {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

/** The applications that the person lets in, and what each may do; one press ends it (CON1). */
export function applicationsPage(view: View, applications: readonly Connected[], saved: boolean): PageContent {
  const { say } = view;
  const none = applications.length === 0;
  return accountPage(view, {
    title: say('home.applications'),
    lead: say(none ? 'home.applications.none' : 'home.applications.lead'),
    notice: saved ? say('home.saved') : undefined,
    content: none ? null : (
      <ul class="list rows">
        {applications.map(({ id, name, scopes }) => (
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
    ),
  });
}
