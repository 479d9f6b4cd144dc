import type { Html } from './html.ts';

/** What a desk page answers. */
export interface DeskReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Own style and script, nothing from anywhere else; mails stand in frames of their own. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const COMMON = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

export function json(value: unknown, status = 200): DeskReply {
  const headers = { ...COMMON, 'content-type': 'application/json' };
  return { status, headers, body: `${JSON.stringify(value, null, 2)}\n` };
}

export function page(document: Html): DeskReply {
  const headers = { ...COMMON, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
  return { status: 200, headers, body: document.html };
}

/** A file of the desk itself. */
export function asset(type: string, body: string): DeskReply {
  return { status: 200, headers: { ...COMMON, 'content-type': `${type}; charset=utf-8` }, body };
}

/**
 * A mail's own HTML, for a sandboxed frame: no script and no form, and links open beside the inbox. Pictures may come
 * from the web, since a mail's reader would see them too.
 */
export function mailFrame(body: string): DeskReply {
  const policy =
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: data:";
  const withBase = /<head[^>]*>/i.test(body) ? body.replace(/<head[^>]*>/i, '$&<base target="_blank">') : body;
  return {
    ...asset('text/html', withBase),
    headers: { ...COMMON, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
  };
}
