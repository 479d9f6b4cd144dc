import type { CreationOptions, RequestOptions } from '../../../lambdas/shared/domain/passkey-options.ts';
import type { Member } from './journeys.ts';
import {
  type CreatedCredential,
  type Making,
  newSoftwarePasskey,
  type SoftwarePasskey,
  type UsedCredential,
} from './software-authenticator.ts';
import type { Answer, Visitor } from './visitor.ts';

export const passkeysPath = '/v1/account/authenticators/passkeys';

/** Asks for the options of an enrolment. */
export async function creationOptionsOf(visitor: Visitor, token: string): Promise<CreationOptions> {
  const answer = await visitor.post(`${passkeysPath}/options`, undefined, { token });
  if (answer.status !== 200) throw new Error(`options answered ${answer.status}: ${answer.text}`);
  return answer.json;
}

/** Sends a new passkey. */
export function sendPasskey(
  visitor: Visitor,
  token: string,
  credential: CreatedCredential,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  return visitor.post(passkeysPath, { credential, ...fields }, { token });
}

/** Enrols a passkey by JSON. */
export async function enrolPasskey(
  { visitor, tokens }: Pick<Member, 'visitor' | 'tokens'>,
  making: Partial<Making> = {},
  fields: Readonly<Record<string, unknown>> = {},
): Promise<SoftwarePasskey> {
  const passkey = newSoftwarePasskey({ origin: visitor.origin, ...making });
  const options = await creationOptionsOf(visitor, tokens.access_token);
  const answer = await sendPasskey(visitor, tokens.access_token, passkey.create(options), fields);
  if (answer.status !== 201) throw new Error(`enrolment answered ${answer.status}: ${answer.text}`);
  return passkey;
}

/** Asks what a sign-in by passkey is to answer. */
export async function requestOptionsOf(visitor: Visitor): Promise<RequestOptions> {
  const answer = await visitor.post('/v1/login/passkey/options', { client_id: visitor.client });
  if (answer.status !== 200) throw new Error(`options answered ${answer.status}: ${answer.text}`);
  return answer.json;
}

/** Signs in by passkey. */
export function signInByPasskey(visitor: Visitor, credential: UsedCredential): Promise<Answer> {
  return visitor.post('/v1/login/passkey', { client_id: visitor.client, credential });
}

/** What a page asks the browser's authenticator for. */
export function optionsIn({ text }: Answer): RequestOptions {
  const written = /data-options="([^"]*)"/.exec(text)?.[1] ?? 'null';
  return JSON.parse(written.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
}
