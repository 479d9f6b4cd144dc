import type { ComponentChildren } from 'preact';
import { CodeField, PageForm, Submit, Summary } from './form.tsx';
import type { PageContent, View } from './view.ts';

/** Seconds before the page offers to send another code. */
const patience = 30;

interface CodeState {
  readonly lead: string;
  /** Where the code is sent to, and where a new one is asked for. */
  readonly action: string;
  readonly resend?: string;
  readonly button: string;
  /** What else is said with the code. */
  readonly beside?: ComponentChildren;
  /** What else the person can do. */
  readonly more?: ComponentChildren;
}

/** A mailed code is asked for: at sign-up and at sign-in. */
export function codePage(view: View, { lead, action, resend, button, beside, more }: CodeState): PageContent {
  const { say } = view;
  return {
    title: say('code.title'),
    content: (
      <>
        <h1>{say('code.title')}</h1>
        <p class="lead">{lead}</p>
        <Summary view={view} />
        <PageForm view={view} action={action}>
          <CodeField view={view} focused alone={beside === undefined} />
          {beside}
          <Submit>{button}</Submit>
        </PageForm>
        <div class="more">
          <p>{say(resend === undefined ? 'code.spam' : 'code.none')}</p>
          {resend !== undefined && <ResendForm view={view} action={resend} />}
          {more}
        </div>
      </>
    ),
  };
}

/** Asks for another code. With scripts the button waits, so that nobody sends three before the first can arrive. */
export function ResendForm({
  view,
  action,
  fields = {},
}: {
  readonly view: View;
  readonly action: string;
  readonly fields?: Readonly<Record<string, string>>;
}) {
  return (
    <PageForm view={view} action={action}>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class="text" data-wait={patience}>
        {view.say('code.resend')}
      </button>
    </PageForm>
  );
}
