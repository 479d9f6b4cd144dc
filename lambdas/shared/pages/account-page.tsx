import type { ComponentChildren } from 'preact';
import { PageForm, Summary } from './form.tsx';
import type { PageContent, View } from './view.ts';

/** What a page of the account says inside the frame that all of them have. */
export interface AccountContent {
  readonly title: string;
  readonly lead?: ComponentChildren;
  /** What has just been done, said once. */
  readonly notice?: string | undefined;
  readonly content: ComponentChildren;
}

/** The frame of the account's pages: one matter each, and the way back to the overview. */
export function accountPage(view: View, { title, lead, notice, content }: AccountContent): PageContent {
  return {
    title,
    content: (
      <>
        <nav class="back">
          <a href={view.link('/account')}>{view.say('home.title')}</a>
        </nav>
        <h1>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
        <Notice text={notice} />
        <Summary view={view} />
        {content}
      </>
    ),
  };
}

/** Says what has just been done; read out without taking the focus. */
export function Notice({ text }: { readonly text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p class="notice" role="status">
      {text}
    </p>
  );
}

/** A form of one button, in a list of which several have the same words. */
export function Press({
  view,
  action,
  fields,
  label,
  about,
}: {
  readonly view: View;
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly label: string;
  /** Id of what it is about. */
  readonly about: string;
}) {
  return (
    <PageForm view={view} action={action}>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class="text" aria-describedby={about}>
        {label}
      </button>
    </PageForm>
  );
}
