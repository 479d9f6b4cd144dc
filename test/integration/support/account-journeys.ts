import { awaitMail, codeOf, mailsTo } from './inbox.ts';
import { type Member, signIn, type Tokens } from './journeys.ts';
import { randomEmail, type Visitor } from './visitor.ts';

/** One more session of a person, from this visitor or another. */
export async function anotherSession(member: Member, visitor: Visitor = member.visitor): Promise<Tokens> {
  const answer = await signIn(visitor, member.email, member.password);
  if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${answer.text}`);
  return answer.json;
}

/** Changes the password by the current one. */
export function changePassword(visitor: Visitor, token: string, current_password: string, new_password: string) {
  return visitor.post('/v1/account/password', { current_password, new_password }, { token });
}

/** A change of address that waits for its proof. */
export interface AddressChange {
  readonly flow: string;
  readonly email: string;
  readonly code: string;
}

/** Asks to move the account to a fresh address, and reads the code that was mailed there. */
export async function startAddressChange(
  visitor: Visitor,
  token: string,
  email = randomEmail(),
): Promise<AddressChange> {
  const before = (await mailsTo(email, visitor.brand)).length;
  const answer = await visitor.post('/v1/account/email', { email }, { token });
  if (answer.status !== 202) throw new Error(`the change answered ${answer.status}: ${answer.text}`);
  const code = codeOf(await awaitMail(email, before + 1, visitor.brand));
  return { flow: answer.json.flow, email, code };
}

/** Proves the new address. */
export function confirmAddressChange(visitor: Visitor, token: string, change: AddressChange) {
  return visitor.post(`/v1/account/email/${change.flow}`, { code: change.code }, { token });
}
