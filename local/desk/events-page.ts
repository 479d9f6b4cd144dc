import { z } from 'zod';
import type { DeskHandler } from './desk-parts.ts';
import { json, page } from './desk-reply.ts';
import { html } from './html.ts';
import { layout, shortTime } from './layout.ts';

const SHOWN = 200;

/** `GET /_local/events`: what was put on the buses, newest first: `[{bus, event, targets}]`. */
export const eventsPage: DeskHandler = ({ wantsJson }, parts) => {
  const events = parts.buses.events().toReversed();
  if (wantsJson) return json(events);
  const rows = events.slice(0, SHOWN).map(
    ({ bus, event, targets }) => html`<details class="call"><summary><span class="badge">${event.source}</span>
<strong>${event['detail-type']}</strong><span class="dim">${bus}${targets.length === 0 ? '' : ` → ${targets.join(', ')}`}</span>
<time>${shortTime(event.time)}</time></summary><pre>${JSON.stringify(event, null, 2)}</pre></details>`,
  );
  const content = html`<h1>Events</h1>${rows.length === 0 ? html`<p class="empty">No event yet.</p>` : rows}`;
  return page(layout(parts, { name: 'Events', path: '/_local/events', content, follow: true }));
};

const NewEvent = z.object({
  bus: z.string().default('default'),
  source: z.string(),
  'detail-type': z.string(),
  detail: z.record(z.string(), z.unknown()),
});

/**
 * `POST /_local/events` {source, detail-type, detail, bus?}: puts an event on a bus as another AWS service would, and
 * answers when the rules' functions have taken it.
 */
export const putEvent: DeskHandler = async ({ body }, { buses }) => {
  const parsed = NewEvent.safeParse(body);
  if (!parsed.success) return json({ message: z.prettifyError(parsed.error) }, 400);
  const { bus, ...event } = parsed.data;
  const { id, done } = buses.put(bus, event);
  await done;
  return json({ id });
};
