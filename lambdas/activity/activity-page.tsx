import { deviceParts } from '../shared/domain/describe-device.ts';
import { placeInWords } from '../shared/messages/place-in-words.ts';
import { accountPage } from '../shared/pages/account-page.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';
import type { ActivityLine } from './view-activity.ts';

function deviceInWords({ say }: View, userAgent: string): string {
  const { browser, system } = deviceParts(userAgent);
  if (browser && system) return say('activity.device', { browser, system });
  return browser ?? system ?? say('activity.device.unknown');
}

/** The newest sign-ins: which device, where, when, and what was unusual about it. */
export function activityPage(view: View, lines: readonly ActivityLine[]): PageContent {
  const { say, locale } = view;
  return accountPage(view, {
    title: say('activity.title'),
    lead: say('activity.lead'),
    content:
      lines.length === 0 ? (
        <p>{say('activity.none')}</p>
      ) : (
        <ul class="list rows">
          {lines.map(({ at, outcome, reasons, device }) => (
            <li>
              <span class="grow">
                {[deviceInWords(view, device.userAgent), placeInWords(device.edge ?? {}, locale)]
                  .filter(Boolean)
                  .join(' · ')}
                <small>{say('activity.when', { at: new Date(at) })}</small>
                {reasons.length > 0 && (
                  <small>
                    {say('activity.unusual')} {reasons.map((reason) => say(`reason.${reason}`)).join(' · ')}
                  </small>
                )}
              </span>
              <span>{say(`activity.${outcome}`)}</span>
            </li>
          ))}
        </ul>
      ),
  });
}
