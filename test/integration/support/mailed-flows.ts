import { eventually } from './faults.ts';
import { codeOf, mailsTo } from './inbox.ts';
import { type Member, refresh, signUp, startSignUp } from './journeys.ts';
import { type Answer, type BrandId, newVisitor, randomEmail, type Visitor } from './visitor.ts';

/** The four journeys that mail a code. */
export const flowPurposes = ['registration', 'login-code', 'recovery', 'email-change'] as const;
export type FlowPurpose = (typeof flowPurposes)[number];

/** What redeeming the right code answers. */
export const redeemed: Readonly<Record<FlowPurpose, number>> = {
  registration: 201,
  'login-code': 200,
  recovery: 204,
  'email-change': 200,
};

/** The mail that brings the code. */
const bringer: Readonly<Record<FlowPurpose, string>> = {
  registration: 'verify',
  'login-code': 'sign-in-code',
  recovery: 'recovery',
  'email-change': 'email-change-new',
};

/** A journey whose code has arrived. */
export interface MailedFlow {
  readonly purpose: FlowPurpose;
  readonly visitor: Visitor;
  /** Where the code went. */
  readonly email: string;
  readonly member: Member | undefined;
  readonly flow: string;
  readonly code: string;
  readonly redeem: (code: string, flow?: string) => Promise<Answer>;
  /** After the clock moved: gets a new access token where redeeming wants one. */
  readonly renew: () => Promise<void>;
}

export const recoveredPassword = 'nine otters asleep on ice';

/** Asks for the code of a journey, and reads nothing. */
export function askForCode(
  visitor: Visitor,
  purpose: FlowPurpose,
  email: string,
  token?: string,
  proof?: string,
): Promise<Answer> {
  const named = { client_id: visitor.client, email, ...(proof !== undefined && { proof }) };
  switch (purpose) {
    case 'registration':
      return visitor.post('/v1/registrations', { ...named, password: 'twelve slow barges go by' });
    case 'login-code':
      return visitor.post('/v1/login/code', named);
    case 'recovery':
      return visitor.post('/v1/recoveries', named);
    case 'email-change':
      return visitor.post('/v1/account/email', { email }, { ...(token !== undefined && { token }) });
  }
}

/** Redeems a code of any journey at any flow. */
export function redeemCode(visitor: Visitor, purpose: FlowPurpose, flow: string, code: string, token?: string) {
  switch (purpose) {
    case 'registration':
      return visitor.post(`/v1/registrations/${flow}/verification`, { code });
    case 'login-code':
      return visitor.post(`/v1/login/code/${flow}`, { code });
    case 'recovery':
      return visitor.post(`/v1/recoveries/${flow}/password`, { code, password: recoveredPassword });
    case 'email-change':
      return visitor.post(`/v1/account/email/${flow}`, { code }, { ...(token !== undefined && { token }) });
  }
}

/** Begins a journey of a member, or of a new one, and reads its code from the mail. */
export async function startMailedFlow(purpose: FlowPurpose, brand: BrandId, known?: Member): Promise<MailedFlow> {
  const visitor = known?.visitor ?? newVisitor(brand);
  const member = purpose === 'registration' ? undefined : (known ?? (await signUp(visitor)));
  const own = purpose === 'registration' || purpose === 'email-change';
  const email = own || !member ? randomEmail() : member.email;
  const codeMails = async () => (await mailsTo(email, brand)).filter(({ tags }) => tags?.kind === bringer[purpose]);
  const before = (await codeMails()).length;
  let tokens = member?.tokens;
  const started =
    purpose === 'registration' ? undefined : await askForCode(visitor, purpose, email, tokens?.access_token);
  if (started && started.status !== 202) throw new Error(`${purpose} answered ${started.status}: ${started.text}`);
  const flow: string = started ? started.json.flow : (await startSignUp(visitor, { email })).flow;
  const arrived = async () => {
    const [newest, ...older] = await codeMails();
    return older.length >= before ? newest : undefined;
  };
  const code = codeOf(await eventually(arrived, `the ${purpose} code for ${email}`));
  return {
    purpose,
    visitor,
    email,
    member,
    flow,
    code,
    redeem: (given, at = flow) => redeemCode(visitor, purpose, at, given, tokens?.access_token),
    renew: async () => {
      if (tokens) tokens = { ...tokens, ...(await refresh(visitor, tokens.refresh_token)).json };
    },
  };
}
