import { scanTable } from '../services/dynamodb/tables.ts';
import type { DeskHandler } from './desk-parts.ts';
import { json, page } from './desk-reply.ts';
import { html } from './html.ts';
import { layout, shortTime } from './layout.ts';

const SHOWN = 500;

/** `GET /_local/clients`: `[{client_id, first_party, redirect_uris, grant_types, secret?}]`. */
export const clientsPage: DeskHandler = ({ wantsPage }, parts) => {
  if (!wantsPage) return json(parts.clients);
  const rows = parts.clients.map(
    (
      client,
    ) => html`<tr><td><code>${client.client_id}</code></td><td>${client.first_party ? 'first-party' : 'third-party'}</td>
<td>${client.grant_types.join(', ')}</td><td>${client.redirect_uris.map((uri) => html`<code>${uri}</code> `)}</td>
<td>${client.secret === undefined ? 'public client' : html`<code>${client.secret}</code>`}</td></tr>`,
  );
  const token = parts.initialToken;
  const register =
    token === undefined
      ? ''
      : html`<p>Initial access token for <code>POST /oauth2/register</code>: <code>${token}</code></p>`;
  const content = html`<h1>Clients</h1><p class="lead">Secrets are random and of this machine only.</p>${register}
<div class="scroll"><table><thead><tr><th>Client</th><th>Kind</th><th>Grants</th><th>Redirect URIs</th><th>Secret</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  return page(layout(parts, { name: 'Clients', path: '/_local/clients', content }));
};

/** `GET /_local/initial-access-token`: the token behind which clients register themselves: `{token}`. */
export const initialTokenText: DeskHandler = (_, { initialToken }) =>
  initialToken === undefined
    ? json({ message: 'This brand lets nobody register.' }, 404)
    : json({ token: initialToken });

/** `GET /_local/logs`: `[{at, function, line}]`, oldest first. */
export const logsPage: DeskHandler = ({ query, wantsJson }, parts) => {
  const only = query.get('function');
  const lines = parts.logs.lines().filter((line) => only === null || line.function === only);
  if (wantsJson) return json(lines);
  const rows = lines
    .slice(-SHOWN)
    .toReversed()
    .map(
      (line) =>
        html`<tr><td><time>${shortTime(line.at)}</time></td><td>${line.function}</td><td><code>${line.line}</code></td></tr>`,
    );
  const content = html`<h1>Logs</h1>${
    rows.length === 0
      ? html`<p class="empty">No function wrote anything yet.</p>`
      : html`<div class="scroll"><table class="log"><tbody>${rows}</tbody></table></div>`
  }`;
  return page(layout(parts, { name: 'Logs', path: '/_local/logs', content, follow: true }));
};

/** `GET /_local/tables`: every item in DynamoDB JSON, by physical table name: `{table: [item]}`. */
export const tablesPage: DeskHandler = async ({ wantsJson }, parts) => {
  const scans = await Promise.all(
    parts.tables.map(async ({ name }) => [name, await scanTable(parts.dynamodb, name)] as const),
  );
  if (wantsJson) return json(Object.fromEntries(scans));
  const sections = scans.map(([name, items]) => {
    const rows = items
      .slice(0, SHOWN)
      .map(
        (item) =>
          html`<details class="call"><summary><code>${item.pk?.S}</code><span class="dim">${item.sk?.S}</span></summary><pre>${JSON.stringify(item, null, 2)}</pre></details>`,
      );
    return html`<section><h2>${name} <small>${items.length}</small></h2>${rows.length === 0 ? html`<p class="empty">Empty.</p>` : rows}</section>`;
  });
  return page(layout(parts, { name: 'Tables', path: '/_local/tables', content: html`<h1>Tables</h1>${sections}` }));
};

/** `GET /_local/dead-letters`: `[{id, queue, at, body}]`, oldest first; `body` is parsed where it is JSON. */
export const deadLettersPage: DeskHandler = ({ wantsJson }, parts) => {
  const letters = parts.queues.messages().map((message) => ({ ...message, body: parseBody(message.body) }));
  if (wantsJson) return json(letters);
  const rows = letters.toReversed().map(
    ({
      queue,
      at,
      body,
    }) => html`<details class="call"><summary><strong>${queue}</strong><time>${shortTime(at)}</time></summary>
<pre>${JSON.stringify(body, null, 2)}</pre></details>`,
  );
  const content = html`<h1>Dead letters</h1>${rows.length === 0 ? html`<p class="empty">None: nothing was given up.</p>` : rows}`;
  return page(layout(parts, { name: 'Dead letters', path: '/_local/dead-letters', content, follow: true }));
};

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
