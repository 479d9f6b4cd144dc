import type { AwsCall } from '../proxy/aws-call.ts';
import type { CallReport } from './call-report.ts';
import type { DeskHandler } from './desk-parts.ts';
import { json, page } from './desk-reply.ts';
import { type Html, html } from './html.ts';
import { layout, shortTime } from './layout.ts';

/** Requests that the page and an unfiltered list show. */
const SHOWN = 200;

/** `GET /_local/calls`: the last invocations, newest first; `?request=ID` only that of one reply's `x-local-request-id`. */
export const callsPage: DeskHandler = ({ query, wantsJson }, parts) => {
  const request = query.get('request');
  const all = parts.calls.values().toReversed();
  const reports = request === null ? all.slice(0, SHOWN) : all.filter(({ id }) => id === request);
  if (wantsJson) return json(reports);
  const content = html`<h1>Calls</h1>
<p class="lead">A wave is one sequential round trip: calls that run at the same time share it. Units are DynamoDB capacity units.</p>
${reports.length === 0 ? html`<p class="empty">Nothing ran yet.</p>` : reports.map(article)}`;
  return page(layout(parts, { name: 'Calls', path: '/_local/calls', content, follow: request === null }));
};

function article(report: CallReport): Html {
  const failed = report.outcome !== 'returned' || (report.status ?? 200) >= 500;
  const { waves, units, ms } = report;
  return html`<details class="call"><summary>
<span class="badge${failed ? ' bad' : ''}">${report.status ?? report.outcome.split(':')[0]}</span>
<strong>${report.name}</strong><span class="dim">${report.cause === 'http' ? '' : `${report.cause} → ${report.function}`}</span>
<span class="numbers">${waves} ${waves === 1 ? 'wave' : 'waves'} · ${units.read} R · ${units.write} W · ${ms} ms${report.cold ? ' · cold' : ''}</span>
<time>${shortTime(report.at)}</time></summary>
<p class="dim">${report.function} · ${report.outcome} · ${report.cpu_ms} ms CPU · <code>${report.id}</code></p>
${
  report.calls.length === 0
    ? html`<p class="empty">No AWS calls.</p>`
    : html`<div class="scroll"><table><thead><tr><th>Wave</th><th>Call</th><th>On</th><th>Items</th><th>R</th><th>W</th><th>ms</th><th>IAM</th><th>Result</th></tr></thead>
<tbody>${report.calls.map(row)}</tbody></table></div>`
}</details>`;
}

function row(call: AwsCall): Html {
  const result = call.status === 0 ? 'cut' : (call.error ?? String(call.status));
  const fault = call.faults.length === 0 ? undefined : html` <span class="tag">fault</span>`;
  return html`<tr><td>${call.loading ? 'load' : call.wave}</td><td>${call.service}:${call.action}</td><td>${call.targets.join(', ')}</td>
<td>${call.items.join(', ')}</td><td>${call.units.read}</td><td>${call.units.write}</td><td>${call.ms}</td>
<td><span class="badge${call.verdict === 'Allowed' ? '' : ' bad'}">${call.verdict}</span></td><td>${result}${fault}</td></tr>`;
}
