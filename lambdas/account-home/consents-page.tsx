import type { Purpose } from '../shared/domain/brand.ts';
import { purposeText } from '../shared/domain/consent.ts';
import { accountPage, Press } from '../shared/pages/account-page.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

/** A purpose, and whether its version in force was agreed to. */
export interface Answered {
  readonly purpose: Purpose;
  readonly granted: boolean;
}

/** What the person agreed to: as easily withdrawn as given (GD3). */
export function consentsPage(view: View, answers: readonly Answered[], saved: boolean): PageContent {
  const { say, locale, brand } = view;
  return accountPage(view, {
    title: say('home.purposes'),
    lead: say('home.purposes.lead'),
    notice: saved ? say('home.saved') : undefined,
    content: (
      <ul class="list rows">
        {answers.map(({ purpose, granted }) => (
          <li>
            <span class="grow" id={`about-${purpose.id}`}>
              {purposeText(purpose.text, locale, brand.locales.default)}
              <small>{say(granted ? 'home.granted' : 'home.not_granted')}</small>
            </span>
            {(!purpose.required || !granted) && (
              <Press
                view={view}
                action="/account/consents"
                fields={{ purpose: purpose.id, granted: granted ? 'no' : 'yes' }}
                label={say(granted ? 'home.withdraw' : 'home.agree')}
                about={`about-${purpose.id}`}
              />
            )}
          </li>
        ))}
      </ul>
    ),
  });
}
