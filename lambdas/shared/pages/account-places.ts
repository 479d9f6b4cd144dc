import type { Brand } from '../domain/brand.ts';
import type { en } from '../messages/pages/en.ts';

/** A part of an account that has a page of its own. */
interface AccountPlace {
  readonly path: string;
  readonly label: keyof typeof en;
  /** What the overview says beneath, where it shows nothing of the person there. */
  readonly hint: keyof typeof en;
}

/** The parts of an account, as the overview lists them; whoever adds a page of the account adds its line. */
const accountPlaces = [
  { path: '/account/profile', label: 'home.profile', hint: 'sign_up.name.hint' },
  { path: '/account/email', label: 'form.email', hint: 'home.email.title' },
  { path: '/account/phone', label: 'phone.title', hint: 'phone.hint' },
  { path: '/account/password', label: 'form.password', hint: 'home.password.title' },
  { path: '/account/sessions', label: 'home.sessions', hint: 'home.sessions.hint' },
  { path: '/account/applications', label: 'home.applications', hint: 'home.applications.hint' },
  { path: '/account/consents', label: 'home.purposes', hint: 'home.purposes.hint' },
  { path: '/account/security', label: 'security.title', hint: 'security.hint' },
  { path: '/account/security/activity', label: 'activity.title', hint: 'activity.hint' },
] as const satisfies readonly AccountPlace[];

/** The parts that the accounts of a brand have: a brand that sends no texts asks nobody for a number. */
export function placesOf({ authentication }: Brand) {
  return accountPlaces.filter(({ path }) => path !== '/account/phone' || authentication.sms !== undefined);
}
