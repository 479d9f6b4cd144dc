import { PageForm } from './form.tsx';
import { proofScript } from './proof-script.ts';
import type { PageContent, View } from './view.ts';

interface ChallengeState {
  /** Where the form was sent to, and goes again. */
  readonly action: string;
  readonly challenge: unknown;
  /** The form, sealed. */
  readonly held: string;
  /** After which it works without a proof too. */
  readonly minutes: number;
  /** A code by mail is another way in. */
  readonly offersCode: boolean;
}

/**
 * A moment in which the browser shows that somebody waits for it: no puzzle, nothing to see or hear. Without scripts the
 * ways on are waiting, and a code by mail.
 */
export function challengePage(view: View, state: ChallengeState): PageContent {
  const { say } = view;
  const { action, challenge, held, minutes, offersCode } = state;
  return {
    title: say('challenge.title'),
    script: proofScript,
    content: (
      <>
        <h1>{say('challenge.title')}</h1>
        <p class="lead" id="proof-status" role="status" data-failed={say('challenge.failed', { minutes })}>
          {say('challenge.working')}
        </p>
        <form method="post" action={action} id="proof-form" data-challenge={JSON.stringify(challenge)}>
          {view.carried.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <input type="hidden" name="held" value={held} />
          <input type="hidden" name="proof" value="" />
          <noscript>
            <p>{say('challenge.failed', { minutes })}</p>
            <button type="submit" id="submit">
              {say('challenge.again')}
            </button>
          </noscript>
        </form>
        {offersCode && (
          <div class="after">
            <PageForm view={view} action="/sign-in/code/start">
              <button type="submit" class="second">
                {say('password.code')}
              </button>
            </PageForm>
          </div>
        )}
      </>
    ),
  };
}
