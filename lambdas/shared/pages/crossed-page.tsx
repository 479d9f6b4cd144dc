import type { PageContent, View } from './view.ts';

/** The page for a form that does not belong to this browser: another site's, or of a browser that keeps no cookies. */
export function crossedPage({ say }: View): PageContent {
  return {
    title: say('refused.title'),
    content: (
      <>
        <h1>{say('refused.title')}</h1>
        <p class="lead">{say('crossed.lead')}</p>
      </>
    ),
  };
}
