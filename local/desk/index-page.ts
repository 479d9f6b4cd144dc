import type { DeskHandler } from './desk-parts.ts';
import { page } from './desk-reply.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';

const CARDS = [
  ['/_local/inbox', 'Inbox', 'Every mail that SES accepted, as its reader sees it.'],
  ['/_local/calls', 'Calls', 'The last requests with each AWS call: waves, units, IAM verdict, milliseconds.'],
  ['/_local/events', 'Events', 'What was put on the event buses, and which functions took it.'],
  ['/_local/logs', 'Logs', 'What the functions wrote.'],
  ['/_local/tables', 'Tables', 'Every item, as it lies in DynamoDB.'],
  ['/_local/clients', 'Clients', 'The applications of the brand, with the secrets of this machine.'],
  ['/_local/dead-letters', 'Dead letters', 'What was given up after all tries.'],
  ['/_local/reference', 'API reference', 'Every operation of the contract.'],
  ['/.well-known/openid-configuration', 'Discovery', 'What the OpenID Provider says of itself.'],
] as const;

/** `GET /_local/`: where everything is. */
export const indexPage: DeskHandler = (_, parts) => {
  const cards = CARDS.map(
    ([href, name, text]) => html`<li><a href="${href}"><strong>${name}</strong><span>${text}</span></a></li>`,
  );
  const content = html`<h1>${parts.title}</h1>
<p class="lead">Runs what <code>cdk synth</code> wrote, at <a href="${parts.origin}">${parts.origin}</a>. Nothing here is in what is deployed.</p>
<ul class="cards">${cards}</ul>
<section><h2>Time</h2>
<p>Functions see <strong>${new Date(parts.clock.now()).toUTCString()}</strong>. Time moves forward only; schedules that fall due on the way run.</p>
<form data-clock>
<label>Move forward by <select name="advance">
<option value="60">a minute</option><option value="600">ten minutes</option><option value="3600">an hour</option>
<option value="86400">a day</option><option value="2592000">thirty days</option></select></label>
<button>Move</button></form>
<pre><code>curl -X POST ${parts.origin}/_local/clock -d '{"advance": 3600}'</code></pre></section>`;
  return page(layout(parts, { name: 'Home', path: '/_local/', content }));
};
