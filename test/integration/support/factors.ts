import { Secret, TOTP } from 'otpauth';
import { cloudNow } from './cloud-desk.ts';
import type { Member } from './journeys.ts';
import { signIn } from './journeys.ts';
import type { Answer, Visitor } from './visitor.ts';

const list = '/v1/account/authenticators';
const period = 30;

/** The code that an app with this secret shows. `steps` away from now. */
export function totpCode(secret: string, now: number, steps = 0): string {
  const settings = { algorithm: 'SHA1', digits: 6, period, secret: Secret.fromBase32(secret) };
  return TOTP.generate({ ...settings, timestamp: now + steps * period * 1000 });
}

/** A code that none of the steps that count now has. */
export function wrongTotp(secret: string, now: number): string {
  const right = [-1, 0, 1].map((step) => totpCode(secret, now, step));
  return ['000000', '111111', '222222', '333333'].find((code) => !right.includes(code)) ?? '444444';
}

/** Begins to set up an app. */
export async function startTotp({ visitor, tokens }: Member, token = tokens.access_token) {
  const answer = await visitor.post(`${list}/totp`, undefined, { token });
  if (answer.status !== 201) throw new Error(`the enrolment answered ${answer.status}: ${answer.text}`);
  return answer.json as { readonly flow: string; readonly secret: string; readonly uri: string; readonly qr: string };
}

/** Sets up an app with the code of the step before now, so that the one of now is still good. */
export async function enrolTotp(member: Member, token = member.tokens.access_token): Promise<string> {
  const { flow, secret } = await startTotp(member, token);
  const code = totpCode(secret, await cloudNow(member.visitor.brand), -1);
  const answer = await member.visitor.post(`${list}/totp/${flow}`, { code }, { token });
  if (answer.status !== 200) throw new Error(`the confirmation answered ${answer.status}: ${answer.text}`);
  return secret;
}

/** Signs in with the password, at an account that has a second factor. */
export async function firstFactor(visitor: Visitor, email: string, password: string) {
  const answer = await signIn(visitor, email, password);
  if (answer.json?.code !== 'second_factor_required') throw new Error(`answered ${answer.status}: ${answer.text}`);
  return answer.json as { readonly flow: string; readonly factors: readonly string[]; readonly expires_in: number };
}

/** Gives the second factor. */
export function secondFactor(visitor: Visitor, flow: string, factor: string, code: string): Promise<Answer> {
  return visitor.post(`/v1/login/second-factor/${flow}`, { factor, code });
}
