import { accountPage } from '../shared/pages/account-page.tsx';
import { PageForm } from '../shared/pages/form.tsx';
import { Signal } from '../shared/pages/passkey-form.tsx';
import { passkeyScript } from '../shared/pages/passkey-script.ts';
import type { PageContent, View } from '../shared/pages/view.ts';
import type { PasskeysView, PasskeyView } from './passkey-view.ts';

interface PasskeysState extends PasskeysView {
  readonly max: number;
  /** What has just been done, by its id. */
  readonly notice: string | undefined;
}

/** What a passkey is called: as the person named it, or by its make. */
export function nameOf({ say }: View, { name, provider }: PasskeyView): string {
  return name ?? provider ?? say('passkeys.unnamed');
}

function Row({ view, passkey }: { readonly view: View; readonly passkey: PasskeyView }) {
  const { say, link, locale } = view;
  const { id, synced, added_at, last_used_at, suspect } = passkey;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const added = say('passkeys.added_on', { day: date.format(new Date(added_at)) });
  const used = last_used_at && say('passkeys.used_on', { day: date.format(new Date(last_used_at)) });
  const removal = link('/account/security/passkeys/remove');
  return (
    <li>
      <span class="grow">
        <bdi>{nameOf(view, passkey)}</bdi>
        <small>{[say(synced ? 'passkeys.synced' : 'passkeys.bound'), added, used].filter(Boolean).join(' · ')}</small>
        {suspect && <small class="error">{say('passkeys.suspect')}</small>}
        <details>
          <summary>{say('passkeys.rename')}</summary>
          <PageForm view={view} action="/account/security/passkeys/name">
            <input type="hidden" name="passkey" value={id} />
            <div class="field">
              <label for={`name-${id}`}>{say('passkeys.name')}</label>
              <input id={`name-${id}`} name="name" type="text" value={passkey.name ?? ''} autocomplete="off" />
            </div>
            <button type="submit" class="second">
              {say('home.save')}
            </button>
          </PageForm>
        </details>
      </span>
      <a href={`${removal}${removal.includes('?') ? '&' : '?'}passkey=${id}`}>{say('passkeys.remove')}</a>
    </li>
  );
}

const notices = { added: 'passkeys.added', removed: 'passkeys.removed', saved: 'home.saved' } as const;

/** The person's passkeys: what each is, when it was used, and the way to another one. */
export function passkeysPage(view: View, { passkeys, accepted, max, notice }: PasskeysState): PageContent {
  const { say, link } = view;
  const said =
    notice !== undefined && Object.hasOwn(notices, notice) ? notices[notice as keyof typeof notices] : undefined;
  const page = accountPage(view, {
    title: say('passkeys.title'),
    lead: say('passkeys.lead'),
    notice: said && say(said),
    content: (
      <>
        <Signal signal={{ tell: 'signalAllAcceptedCredentials', ...accepted }} />
        {passkeys.length > 0 && (
          <ul class="list rows">
            {passkeys.map((passkey) => (
              <Row view={view} passkey={passkey} />
            ))}
          </ul>
        )}
        {passkeys.length < max && (
          <p>
            <a href={link('/account/security/passkeys/add')}>{say('passkeys.add')}</a>
          </p>
        )}
      </>
    ),
  });
  return { ...page, script: passkeyScript };
}
