import type { DeskParts } from './desk-parts.ts';
import { type Html, html } from './html.ts';

const LINKS = [
  ['/_local/inbox', 'Inbox'],
  ['/_local/calls', 'Calls'],
  ['/_local/events', 'Events'],
  ['/_local/logs', 'Logs'],
  ['/_local/tables', 'Tables'],
  ['/_local/clients', 'Clients'],
  ['/_local/dead-letters', 'Dead letters'],
  ['/_local/reference', 'API reference'],
] as const;

/** The frame of every developer page. `follow` reloads the page when something new is there. */
export function layout(
  { title, clock }: Pick<DeskParts, 'title' | 'clock'>,
  { name, path, content, follow }: { name: string; path: string; content: Html; follow?: boolean },
): Html {
  const links = LINKS.map(([href, text]) =>
    href === path ? html`<a href="${href}" aria-current="page">${text}</a>` : html`<a href="${href}">${text}</a>`,
  );
  return html`<!doctype html>
<html lang="en"${follow === true ? html` data-follow` : undefined}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name} · ${title} local cloud</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_local/desk.css">
<script src="/_local/desk.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header><a class="home" href="/_local/">${title}<small>local cloud</small></a><nav aria-label="Developer pages">${links}</nav>
<time datetime="${new Date(clock.now()).toISOString()}" title="Virtual time">${shortTime(new Date(clock.now()).toISOString())}</time></header>
<main id="main">${content}</main>
</body>
</html>`;
}

/** `2026-03-12 19:03:58` of an ISO 8601 instant. */
export function shortTime(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}
