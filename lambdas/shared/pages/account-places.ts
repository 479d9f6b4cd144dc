import type { en } from '../messages/pages/en.ts';

/** A part of an account that has a page of its own. */
interface AccountPlace {
  readonly path: string;
  readonly label: keyof typeof en;
  /** What the overview says beneath, where it shows nothing of the person there. */
  readonly hint: keyof typeof en;
}

/** The parts of an account, as the overview lists them; whoever adds a page of the account adds its line. */
export const accountPlaces = [
  { path: '/account/profile', label: 'home.profile', hint: 'sign_up.name.hint' },
  { path: '/account/email', label: 'form.email', hint: 'home.email.title' },
  { path: '/account/password', label: 'form.password', hint: 'home.password.title' },
  { path: '/account/sessions', label: 'home.sessions', hint: 'home.sessions.hint' },
  { path: '/account/applications', label: 'home.applications', hint: 'home.applications.hint' },
  { path: '/account/consents', label: 'home.purposes', hint: 'home.purposes.hint' },
  { path: '/account/security', label: 'security.title', hint: 'security.hint' },
  { path: '/account/security/activity', label: 'activity.title', hint: 'activity.hint' },
] as const satisfies readonly AccountPlace[];
