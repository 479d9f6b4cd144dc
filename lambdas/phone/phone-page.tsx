import { accountPage, Press } from '../shared/pages/account-page.tsx';
import { Check, Field, PageForm, Submit } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

interface PhoneState {
  /** The proven number, as it is shown to its owner. */
  readonly number: string | undefined;
  /** A new number, as it was typed. */
  readonly typed: string;
  /** How sign-in codes travel, where the person has a choice. */
  readonly channel: 'mail' | 'text' | undefined;
  readonly saved: boolean;
}

/** The number that codes go to: what it is, another one, none, and whether sign-in codes go there too. */
export function phonePage(view: View, { number, typed, channel, saved }: PhoneState): PageContent {
  const { say } = view;
  const other = channel === 'text' ? 'mail' : 'text';
  return accountPage(view, {
    title: say('phone.title'),
    lead: say('phone.lead'),
    notice: saved ? say('phone.saved') : undefined,
    content: (
      <>
        {number && (
          <ul class="list rows">
            <li>
              <span class="grow" id="number" dir="ltr">
                {say('phone.number', { number })}
              </span>
            </li>
            {channel && (
              <li>
                <span class="grow" id="channel">
                  {say('phone.channel')}
                  <small>{say(`phone.channel.${channel}`)}</small>
                </span>
                <Press
                  view={view}
                  action="/account/phone/channel"
                  fields={{ channel: other }}
                  label={say(`phone.channel.${other}`)}
                  about="channel"
                />
              </li>
            )}
          </ul>
        )}
        {number && (
          <PageForm view={view} action="/account/phone/remove">
            <Check view={view} id="others" label={say('security.others')} checked />
            <button type="submit" class="second" aria-describedby="number">
              {say('phone.remove')}
            </button>
          </PageForm>
        )}
        <PageForm view={view} action="/account/phone">
          <Field
            view={view}
            id="phone"
            label={say('form.phone')}
            hint={say('form.phone.hint', { example: '+34 612 34 56 78' })}
            autocomplete="tel"
            value={typed}
            leftToRight
          />
          <Submit>{say('form.continue')}</Submit>
        </PageForm>
      </>
    ),
  });
}
