import { findClient } from '../shared/domain/clients.ts';
import type { UserId } from '../shared/domain/id.ts';
import { accountAtBrowser } from '../shared/domain/own-account.ts';
import { offersPasskeys, type Passkey } from '../shared/domain/passkey.ts';
import { check } from '../shared/domain/refusal.ts';
import type { PersonDeps } from '../shared/domain/signed-in-person.ts';
import type { User } from '../shared/domain/user.ts';
import { type AccountPage, type AtHome, accountPages } from '../shared/http/account-pages.ts';
import { nameEntry } from '../shared/http/page-entries.ts';
import type { Draw } from '../shared/http/page-visit.ts';
import { attestation, credentialEntry } from '../shared/http/passkey-fields.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { open } from '../shared/vault/sealed-box.ts';
import { addPasskeyPage } from './add-passkey-page.tsx';
import { type EnrolDeps, enrolPasskey } from './enrol-passkey.ts';
import { passkeysView } from './passkey-view.ts';
import { passkeysPage } from './passkeys-page.tsx';
import { type RemovePasskeyDeps, removeOwnPasskey } from './remove-own-passkey.ts';
import { removePasskeyPage } from './remove-passkey-page.tsx';
import { type RenameDeps, renamePasskey } from './rename-passkey.ts';
import { type StartEnrolmentDeps, startEnrolment } from './start-enrolment.ts';

type PageDeps = Omit<StartEnrolmentDeps & EnrolDeps & RemovePasskeyDeps & RenameDeps, 'sealing' | 'store'> & {
  readonly store: PersonDeps['store'] &
    StartEnrolmentDeps['store'] &
    EnrolDeps['store'] &
    RemovePasskeyDeps['store'] &
    RenameDeps['store'];
};

type Home = AtHome<readonly Passkey[]>;

const list = '/account/security/passkeys';

/** The pages of a person's passkeys. */
export function pageEndpoints(runtime: Runtime, deps: PageDeps) {
  const { brand, rp, store } = deps;
  const { ask, take } = accountPages(runtime, store);
  const shown: AccountPage<readonly Passkey[]> = {
    beside: async (user: UserId) => {
      check(offersPasskeys(brand), 'not_found');
      return store.listPasskeys(user);
    },
  };
  /** Only on a recent sign-in at the highest level of the account (MFA4). */
  const owned = ({ identHash }: User) => store.findCredentials(identHash);
  const guarded: AccountPage<readonly Passkey[]> = { ...shown, recent: owned };

  const own = ({ visit, person }: Home) => accountAtBrowser(brand, person, visit.client.id, visit.now);
  const viewOf = ({ person, found }: Home) => passkeysView(open, rp, person, found);
  const named = (home: Home) => viewOf(home).passkeys.find(({ id }) => id === home.visit.said.passkey);

  const passkeys = (home: Home): Draw => {
    const { notice } = home.visit.said;
    const state = { ...viewOf(home), max: brand.authentication.passkeys.max, notice };
    return (view) => passkeysPage(view, state);
  };

  /** Asks for another passkey; each page has a challenge of its own. */
  const adding = async (home: Home): Promise<Draw> => {
    const { sealing, now, asked } = home.visit;
    const options = await startEnrolment({ ...deps, sealing }, own(home), now);
    return (view) => addPasskeyPage(view, { options, first: home.found.length === 0, goesOn: asked !== undefined });
  };

  return {
    'GET /account/security/passkeys': ask(shown, async (home) => home.visit.show(passkeys(home))),

    'GET /account/security/passkeys/add': ask(guarded, async (home) => {
      const { show, again } = home.visit;
      try {
        return await show(await adding(home));
      } catch (error) {
        return again(passkeys(home), error, {});
      }
    }),

    'POST /account/security/passkeys/add': take(guarded, async (home) => {
      const { said, asked, sealing, now, goTo, finish, again } = home.visit;
      try {
        const credential = credentialEntry(attestation, said.credential);
        const made = { credential, name: nameEntry(said.name), endsOthers: said.others !== undefined };
        await enrolPasskey({ ...deps, sealing }, own(home), made, now);
        return asked && findClient(brand, asked.clientId) ? finish() : goTo(list, { notice: 'added' });
      } catch (error) {
        const draw = await adding(home).catch(() => passkeys(home));
        return again(draw, error, { name: 'name' });
      }
    }),

    'POST /account/security/passkeys/name': take(
      shown,
      async (home) => {
        const { said, goTo, again } = home.visit;
        try {
          await renamePasskey(deps, own(home), { id: said.passkey ?? '', name: nameEntry(said.name) });
          return goTo(list, { notice: 'saved' });
        } catch (error) {
          return again(passkeys(home), error, {});
        }
      },
      list,
    ),

    'GET /account/security/passkeys/remove': ask(guarded, async (home) => {
      const passkey = named(home);
      return passkey ? home.visit.show((view) => removePasskeyPage(view, passkey)) : home.visit.goTo(list);
    }),

    'POST /account/security/passkeys/remove': take(
      guarded,
      async (home) => {
        const { said, sealing, now, goTo, again } = home.visit;
        try {
          const removal = { id: said.passkey ?? '', endsOthers: said.others !== undefined };
          await removeOwnPasskey({ ...deps, sealing }, own(home), removal, now);
          return goTo(list, { notice: 'removed' });
        } catch (error) {
          return again(passkeys(home), error, {});
        }
      },
      list,
    ),
  };
}
