import type { PageContent, View } from './view.ts';

/** Where a journey begins again, by the page at which it ended. */
function beginningOf(path: string): string {
  const [, first = ''] = path.split('/');
  return `/${first}`;
}

/** The page of a step that is over: what happened, and the way to begin again. */
export function endedPage(path: string): (view: View) => PageContent {
  return ({ say, link }) => ({
    title: say('ended.title'),
    content: (
      <>
        <h1>{say('ended.title')}</h1>
        <p class="lead">{say('ended.lead')}</p>
        <a class="button" href={link(beginningOf(path))}>
          {say('ended.again')}
        </a>
      </>
    ),
  });
}
