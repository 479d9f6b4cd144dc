import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { type EventType, events, publishedEventSchema } from '../lambdas/shared/domain/events.ts';

/** What a consumer reads about each type beside its fields. */
const summaries: Readonly<Record<EventType, string>> = {
  'registration.started': 'Somebody started to sign up. There is no account yet, and there may never be one.',
  'registration.code_requested': 'A new code was asked for in a sign-up.',
  'login_code.started': 'Somebody asked for a sign-in code. The address may have no account.',
  'login_code.code_requested': 'Another sign-in code was asked for in place of the one before.',
  'recovery.code_requested': 'Another code was asked for in a recovery, in place of the one before.',
  'recovery.started': 'Somebody asked to recover an account. The address may have none.',
  'user.registered': 'An address was proven and its account made.',
  'user.updated': 'Profile fields changed; which, not to what.',
  'second_factor.asked': 'A first proof was right and a second factor is asked for. There is no session yet.',
  'second_factor.code_requested': 'A code was asked for as the second factor of a sign-in.',
  'factor.started': 'The person begins to set up a second factor. It counts for nothing until it is proven.',
  'factor.added': 'A second factor was set up and proven.',
  'factor.removed': 'A second factor was removed.',
  'code_channel.changed': 'The person chose how their sign-in codes travel: by mail, or by text to their number.',
  'recovery_codes.made': 'The person made new recovery codes; the old ones are dead.',
  'recovery_code.used': 'A recovery code was used as the second factor; how many are left.',
  'browser_session.replaced':
    'The person proved more, or signed in again; another browser session took the place of this one.',
  'user.signed_in': 'A person signed in and a session began.',
  'sign_in.denied': 'A first proof was right, and the risk let nobody in. At most one an hour for one person.',
  'sign_in.stopped': 'A first proof was right, and the tries of the second factor are spent. There is no session.',
  'token.exchanged': 'A client got an access token to another API on behalf of the person (RFC 8693).',
  'client.authorized':
    'A client got a code, or a device its tokens, from a person who was signed in; a session of its own began.',
  'session.ended': 'One session ended: signed out by its owner or revoked by its client.',
  'browser_session.ended':
    'A person signed out in one browser, or another signed in there; the sessions that its clients had from it ended too.',
  'sessions.ended': 'The person signed out everywhere, but for the session kept.',
  'grant.reuse_detected': 'A refresh token was used a second time; its session is dead (RFC 9700 section 4.14.2).',
  'agreement.given': 'The person allowed a client what it asked for.',
  'agreement.withdrawn': 'The person no longer allows a client anything; its sessions are dead.',
  'consent.granted': 'The person agreed to a purpose in the version named.',
  'consent.withdrawn': 'The person refused or withdrew a purpose.',
  'client.registered': 'An application registered itself behind an initial access token.',
  'client.updated': 'An application that registered itself changed its registration.',
  'client.deleted': 'An application that registered itself is gone; its tokens are dead.',
  'password.changed': 'The person changed their password; other sessions ended.',
  'password.reset': 'The person set a new password by proof of their address; all sessions ended.',
  'factor_recovery.code_asked':
    'Somebody who lost every second factor asked for a code. The address may have no account.',
  'factor_recovery.started': 'The address was proven and the waiting time before its second factors go has begun.',
  'factor_recovery.reminded': 'The waiting time is nearly over; the person is told again.',
  'factor_recovery.stopped': 'The owner stopped the removal of their second factors.',
  'factors.recovered': 'All second factors were removed after the waiting time; all sessions ended.',
  'phone.started': 'A signed-in person asked to prove a phone number.',
  'email_change.started': 'A signed-in person asked to change their address; nothing has changed yet.',
  'email_change.cancelled': 'The owner of the old address stopped the change.',
  'email.changed': 'The address of an account changed to one that was proven.',
  'attack.noticed':
    'Wrong tries or sign-ups come thick from one neighbourhood; whoever is unknown there shows a proof of work.',
  'message_budget.spent': 'The mails or texts of an hour are used up; some wait.',
  'address.bounced': 'Mail to an address bounced for good; it gets no more.',
  'address.complained': 'The owner of an address reported our mail as spam; it gets no more.',
  'phone.invalid': 'A text to a number could never arrive; it gets no more until somebody proves it anew.',
};

/**
 * JSON Schema (draft 2020-12) of `detail` on the bus, by file name. Open to fields that a later version adds: a consumer
 * ignores what it does not know. The publisher is strict instead and lets nothing else out.
 */
export function eventContracts(): ReadonlyMap<string, string> {
  const types = Object.keys(events).toSorted() as EventType[];
  return new Map(
    types.map((type) => {
      const { $schema, ...schema } = z.toJSONSchema(publishedEventSchema(type), {
        io: 'input',
        // The format says it; the pattern that spells out every month of the calendar helps nobody.
        override: ({ jsonSchema }) => {
          if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
        },
      });
      const title = { $schema, $id: `urn:latchkey:event:${type}`, title: type, description: summaries[type] };
      return [`${type}.json`, `${JSON.stringify({ ...title, ...schema }, null, 2)}\n`];
    }),
  );
}

/** Writes the schemas and removes those of types that are no more. */
export async function writeEventContracts(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const contracts = eventContracts();
  for (const name of await readdir(folder)) {
    if (!contracts.has(name)) await rm(join(folder, name));
  }
  for (const [name, text] of contracts) await writeFile(join(folder, name), text);
}
