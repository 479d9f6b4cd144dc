import type { SecondFactor } from '../shared/domain/factors.ts';
import type { RequestOptions } from '../shared/domain/passkey-options.ts';
import { ResendForm } from '../shared/pages/code-page.tsx';
import { Field, PageForm, Submit, Summary, Who } from '../shared/pages/form.tsx';
import { NoPasskeys, PasskeyForm } from '../shared/pages/passkey-form.tsx';
import { passkeyScript } from '../shared/pages/passkey-script.ts';
import type { PageContent, View } from '../shared/pages/view.ts';

interface SecondFactorState {
  readonly email: string;
  /** What is asked for now. */
  readonly factor: Typed | 'passkey';
  /** Whether its code is under way, where it is one that is sent. */
  readonly isSent: boolean;
  /** What the browser is asked for, where that is a passkey. */
  readonly passkeys?: RequestOptions | undefined;
  /** Everything that would do, strongest first, and the page of each. */
  readonly ways: readonly { readonly factor: SecondFactor; readonly href: string }[];
}

/** Factors that are typed. */
const typed = ['totp', 'sms', 'recovery-code', 'mailed-code'] as const satisfies readonly SecondFactor[];
type Typed = (typeof typed)[number];

/** Whether a factor is typed into the page. */
export function isTyped(factor: string | undefined): factor is Typed {
  return typed.some((each) => each === factor);
}

const action = '/sign-in/second-factor';
const sending = '/sign-in/second-factor/code';

function Passkey({ view, options }: { readonly view: View; readonly options: RequestOptions }) {
  const { say } = view;
  return (
    <>
      <PasskeyForm view={view} action={action} options={options} label={say('second.passkey.button')} main>
        <input type="hidden" name="factor" value="passkey" />
      </PasskeyForm>
      <NoPasskeys>
        <p>{say('passkey.none')}</p>
      </NoPasskeys>
    </>
  );
}

function Typing({ view, factor }: { readonly view: View; readonly factor: SecondFactor }) {
  const { say } = view;
  const digits = factor !== 'recovery-code';
  return (
    <PageForm view={view} action={action}>
      <input type="hidden" name="factor" value={factor} />
      <Field
        view={view}
        id="code"
        label={digits ? say('form.code') : say('second.recovery-code.label')}
        {...(digits && { inputMode: 'numeric' as const, alone: true })}
        autocomplete={digits ? 'one-time-code' : 'off'}
        leftToRight
        focused
      />
      <Submit>{say('form.continue')}</Submit>
    </PageForm>
  );
}

/** A code that is sent when the person says so: a page that is opened sends nothing (RL3). */
function Sending({ view, factor }: { readonly view: View; readonly factor: SecondFactor }) {
  return (
    <PageForm view={view} action={sending}>
      <input type="hidden" name="factor" value={factor} />
      <Submit>{view.say('second.send')}</Submit>
    </PageForm>
  );
}

/** The second factor is asked for; who cannot give this one is shown the others. */
export function secondFactorPage(view: View, state: SecondFactorState): PageContent {
  const { email, factor, isSent, passkeys, ways } = state;
  const { say, link } = view;
  const others = ways.filter((way) => way.factor !== factor);
  const sends = factor === 'mailed-code' || factor === 'sms';
  const waits = sends && !isSent;
  return {
    title: say('second.title'),
    ...(passkeys && { script: passkeyScript }),
    content: (
      <>
        <h1>{say('second.title')}</h1>
        <p class="lead">{say(waits ? `second.way.${factor}` : `second.${factor}`)}</p>
        <Who email={email} href={link('/sign-in')} label={say('password.other')} />
        <Summary view={view} />
        {passkeys && <Passkey view={view} options={passkeys} />}
        {waits && <Sending view={view} factor={factor} />}
        {!passkeys && !waits && <Typing view={view} factor={factor} />}
        {sends && isSent && (
          <div class="more">
            <p>{say('code.none')}</p>
            <ResendForm view={view} action={sending} fields={{ factor }} />
          </div>
        )}
        {others.length > 0 && (
          <nav class="more" aria-labelledby="ways">
            <p id="ways">{say('second.other')}</p>
            <ul class="list places">
              {others.map((way) => (
                <li>
                  <a href={way.href}>
                    <span>{say(`second.way.${way.factor}`)}</span>
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        {view.brand.authentication.recovery && (
          <p class="more">
            <a href={link('/recover/factors')}>{say('lost.link')}</a>
          </p>
        )}
      </>
    ),
  };
}
