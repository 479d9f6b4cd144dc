import type { IncomingMessage } from 'node:http';
import type { Answer } from '../front-door.ts';
import { callsPage } from './calls-page.ts';
import {
  addFault,
  invokeFunction,
  listFaults,
  moveClock,
  readClock,
  readFault,
  recycleFunction,
  removeFault,
} from './controls.ts';
import type { DeskHandler, DeskParts, DeskRequest } from './desk-parts.ts';
import { asset, type DeskReply, json } from './desk-reply.ts';
import { DESK_SCRIPT } from './desk-script.ts';
import { DESK_STYLE } from './desk-style.ts';
import { eventsPage, putEvent } from './events-page.ts';
import { inboxPage, mailHtml, mailList } from './inbox-page.ts';
import { indexPage } from './index-page.ts';
import { clientsPage, deadLettersPage, initialTokenText, logsPage, tablesPage } from './records-pages.ts';
import { referencePage } from './reference-page.ts';

const ROUTES: readonly (readonly [string, string, DeskHandler])[] = [
  ['GET', '/_local', indexPage],
  ['GET', '/_local/', indexPage],
  ['GET', '/_local/desk.css', () => asset('text/css', DESK_STYLE)],
  ['GET', '/_local/desk.js', () => asset('text/javascript', DESK_SCRIPT)],
  ['GET', '/_local/inbox', inboxPage],
  ['GET', '/_local/mail', mailList],
  ['GET', '/_local/mail/{id}/html', mailHtml],
  ['GET', '/_local/clients', clientsPage],
  ['GET', '/_local/initial-access-token', initialTokenText],
  ['GET', '/_local/events', eventsPage],
  ['POST', '/_local/events', putEvent],
  ['GET', '/_local/calls', callsPage],
  ['GET', '/_local/logs', logsPage],
  ['GET', '/_local/tables', tablesPage],
  ['GET', '/_local/dead-letters', deadLettersPage],
  ['GET', '/_local/reference', referencePage],
  ['GET', '/_local/clock', readClock],
  ['POST', '/_local/clock', moveClock],
  ['GET', '/_local/faults', listFaults],
  ['POST', '/_local/faults', addFault],
  ['GET', '/_local/faults/{id}', readFault],
  ['DELETE', '/_local/faults/{id}', removeFault],
  ['POST', '/_local/functions/{name}', invokeFunction],
  ['POST', '/_local/functions/{name}/recycle', recycleFunction],
];

/** The developer pages. Only for this machine: other hosts' names and other sites' scripts are refused. */
export function createDesk(parts: DeskParts): Answer {
  return async (request, response) => {
    const reply = refuseForeign(request) ?? (await route(request, parts));
    response.writeHead(reply.status, { ...reply.headers }).end(reply.body);
  };
}

/**
 * A page of another site could let its own name point to 127.0.0.1 (DNS rebinding), which the Host header shows, or
 * post to localhost, which the Origin header shows.
 */
function refuseForeign({ headers }: IncomingMessage): DeskReply | undefined {
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  if (!['localhost', '127.0.0.1', '[::1]'].includes(host)) return json({ message: 'Only on localhost.' }, 403);
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${headers.host}`)
    return json({ message: 'Not for other origins.' }, 403);
  return undefined;
}

async function route(request: IncomingMessage, parts: DeskParts): Promise<DeskReply> {
  const url = new URL(request.url ?? '/', 'http://desk.local');
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  for (const [expected, pattern, handler] of ROUTES) {
    const path = method === expected ? match(pattern, url.pathname) : undefined;
    if (path === undefined) continue;
    const body = method === 'GET' ? {} : await readJson(request);
    if (body === undefined) return json({ message: 'The body is not JSON.' }, 400);
    return handler({ query: url.searchParams, path, body: body.value, ...wish(request, url) }, parts);
  }
  return json({ message: 'Not Found' }, 404);
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const expected = pattern.split('/');
  const actual = path.split('/');
  if (expected.length !== actual.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, segment] of expected.entries()) {
    const value = actual[index] ?? '';
    if (segment.startsWith('{')) values[segment.slice(1, -1)] = decodeURIComponent(value);
    else if (segment !== value) return undefined;
  }
  return values;
}

/** Browsers ask for text/html; `?format=json` or `Accept: application/json` asks for data. */
function wish({ headers }: IncomingMessage, url: URL): Pick<DeskRequest, 'wantsJson' | 'wantsPage'> {
  const accept = headers.accept ?? '';
  const wantsJson = url.searchParams.get('format') === 'json' || accept.includes('application/json');
  return { wantsJson, wantsPage: !wantsJson && accept.includes('text/html') };
}

async function readJson(request: IncomingMessage): Promise<{ readonly value?: unknown } | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  try {
    return text === '' ? {} : { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
