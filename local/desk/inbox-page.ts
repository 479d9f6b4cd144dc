import type { Mail } from '../services/ses/mail-store.ts';
import type { DeskHandler } from './desk-parts.ts';
import { json, mailFrame, page } from './desk-reply.ts';
import { type Html, html } from './html.ts';
import { layout, shortTime } from './layout.ts';

/** Mails that the inbox lists. */
const SHOWN = 200;

/** A text has no subject: its first line stands for it. */
function titleOf({ channel, subject, text }: Mail): string {
  return channel === 'text' ? (text.split('\n')[0] ?? '') : subject;
}

/** `GET /_local/inbox`: the mails and texts, and the chosen one (`?id=`) or the newest as its reader sees it. */
export const inboxPage: DeskHandler = ({ query }, parts) => {
  const to = query.get('to')?.trim() || undefined;
  const mails = parts.mails.list(to).slice(0, SHOWN);
  const chosen = mails.find(({ id }) => id === query.get('id')) ?? mails[0];
  const filter = to === undefined ? '' : `&to=${encodeURIComponent(to)}`;
  const list = mails.map(
    (
      mail,
    ) => html`<li><a href="/_local/inbox?id=${mail.id}${filter}"${mail === chosen ? html` aria-current="true"` : undefined}>
<strong>${titleOf(mail)}</strong><span>${mail.to.join(', ')}</span><time>${shortTime(mail.at)}</time></a></li>`,
  );
  const content = html`<h1>Inbox</h1>
<form class="filter" method="get" action="/_local/inbox"><label>To <input name="to" type="search" value="${to}" placeholder="anna@example.com"></label><button>Show</button></form>
${
  chosen === undefined
    ? html`<p class="empty">Nothing${to === undefined ? '' : ` to ${to}`} yet. Mails and texts appear here as soon as a function sends them.</p>`
    : html`<div class="split"><ol class="list">${list}</ol>${reader(chosen)}</div>`
}`;
  return page(layout(parts, { name: 'Inbox', path: '/_local/inbox', content, follow: true }));
};

function reader(mail: Mail): Html {
  const tags = Object.entries(mail.tags).map(([name, value]) => html`<span class="tag">${name}=${value}</span>`);
  return html`<article class="mail"><h2>${titleOf(mail)}</h2>
<dl><dt>From</dt><dd>${mail.from}</dd><dt>To</dt><dd>${mail.to.join(', ')}</dd>
<dt>Sent</dt><dd>${shortTime(mail.at)} UTC</dd>
<dt>Set</dt><dd>${mail.configuration_set ?? 'none'} ${tags}</dd></dl>
${mail.html === '' ? undefined : html`<iframe title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/_local/mail/${mail.id}/html"></iframe>`}
<details${mail.html === '' ? html` open` : undefined}><summary>Text</summary><pre>${mail.text}</pre></details></article>`;
}

/** `GET /_local/mail?to=ADDRESS`: `[{id, to, from, subject, text, html, at, configuration_set?, tags, channel?}]`, newest first. */
export const mailList: DeskHandler = ({ query }, { mails }) =>
  json(
    mails.list(query.get('to') ?? undefined).map(({ id, to, from, subject, text, html: body, at, ...rest }) => {
      return { id, to: to.join(', '), from, subject, text, html: body, at, ...rest };
    }),
  );

/** `GET /_local/mail/{id}/html`: the mail's own HTML, for a frame. */
export const mailHtml: DeskHandler = ({ path }, { mails }) => {
  const mail = mails.find(path.id ?? '');
  return mail === undefined ? json({ message: 'No such mail.' }, 404) : mailFrame(mail.html);
};
