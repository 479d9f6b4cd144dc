import { accountPage, Press } from '../shared/pages/account-page.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';
import type { AuthenticatorView } from './authenticator-view.ts';

/** What the overview of factors shows. */
export interface SecurityState {
  readonly authenticators: readonly AuthenticatorView[];
  readonly recoveryCodes: number;
  /** Their number, where the brand has passkeys; they have a page of their own. */
  readonly passkeys: number | undefined;
  /** Kinds that the person can add, and where that begins. */
  readonly addable: readonly Addable[];
  /** An application asks for a second factor before it lets the person in. */
  readonly demanded: boolean;
  readonly notice: 'added' | 'removed' | undefined;
}

/** A kind of factor that can be added. */
export interface Addable {
  readonly type: AuthenticatorView['type'];
  /** The form that begins it. */
  readonly action: string;
}

/** The factors of an account: what there is, what can be added, and the codes for when none is at hand. */
export function securityPage(view: View, state: SecurityState): PageContent {
  const { say, link, locale } = view;
  const { authenticators, recoveryCodes, passkeys, addable, demanded, notice } = state;
  const typed = authenticators.filter(({ type }) => type !== 'passkey');
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return accountPage(view, {
    title: say('security.title'),
    lead: demanded ? say('security.demanded', { client: view.clientName }) : say('security.lead'),
    notice: notice && say(`security.${notice}`),
    content: (
      <>
        <ul class="list rows">
          {passkeys !== undefined && (
            <li>
              <span class="grow">
                {say('passkeys.title')}
                <small>{say('factor.passkey.hint')}</small>
              </span>
              <a href={link('/account/security/passkeys')}>{say(passkeys > 0 ? 'security.manage' : 'security.add')}</a>
            </li>
          )}
          {typed.map(({ id, type, added_at }) => (
            <li>
              <span class="grow">
                {say(`factor.${type}`)}
                <small>{say('security.since', { day: date.format(new Date(added_at)) })}</small>
              </span>
              <a
                href={
                  type === 'sms'
                    ? link('/account/phone')
                    : `${link('/account/security/remove')}${separator(link)}authenticator=${encodeURIComponent(id)}`
                }
              >
                {say('security.remove')}
              </a>
            </li>
          ))}
          {addable.map(({ type, action }) => (
            <li>
              <span class="grow" id={`about-${type}`}>
                {say(`factor.${type}`)}
                <small>{say(`factor.${type}.hint`)}</small>
              </span>
              <Press view={view} action={action} fields={{}} label={say('security.add')} about={`about-${type}`} />
            </li>
          ))}
        </ul>
        {authenticators.length > 0 && (
          <nav aria-label={say('recovery_codes.title')}>
            <ul class="list places">
              <li>
                <a href={link('/account/security/recovery-codes')}>
                  <span>
                    {say('recovery_codes.title')}
                    <small>{say('recovery_codes.left', { left: recoveryCodes })}</small>
                  </span>
                </a>
              </li>
            </ul>
          </nav>
        )}
      </>
    ),
  });
}

/** How one more parameter is added to the address of a page. */
function separator(link: View['link']): '?' | '&' {
  return link('/account/security/remove').includes('?') ? '&' : '?';
}
