/** What the page of a signed-in person shows. */
export interface ClaimsView {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly userinfo: Readonly<Record<string, unknown>>;
  readonly refreshes: number;
  readonly refreshable: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

function page(content: string): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Example application</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}
pre{background:#f4f4f4;padding:1rem;overflow-x:auto}form{display:inline}button,a.button{font:inherit;padding:.5rem 1rem}</style>
<h1>Example application</h1>
${content}
</html>`;
}

const json = (value: unknown) => `<pre>${escaped(JSON.stringify(value, null, 2))}</pre>`;
const button = (path: string, text: string) =>
  `<form method="post" action="${path}"><button id="${path.slice(1)}">${text}</button></form>`;

/** The page of somebody who is not signed in. */
export function welcomePage(issuer: string): string {
  return page(`<p>You are not signed in.</p>
<p><a class="button" id="sign-in" href="/sign-in">Sign in</a> at <code>${escaped(issuer)}</code></p>`);
}

/** Who is signed in, by ID token and by UserInfo. */
export function claimsPage({ claims, userinfo, refreshes, refreshable }: ClaimsView): string {
  return page(`<p>You are signed in. Tokens refreshed <span id="refreshes">${refreshes}</span> times.</p>
<p>${refreshable ? button('/refresh', 'Refresh the tokens') : ''} ${button('/sign-out', 'Sign out')}</p>
<h2>ID token</h2>${json(claims)}
<h2>UserInfo</h2>${json(userinfo)}`);
}

/** What went wrong, and the way back. */
export function failurePage(sentence: string): string {
  return page(`<p id="failure">${escaped(sentence)}</p><p><a href="/">Back</a></p>`);
}
