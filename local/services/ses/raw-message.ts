/** What the inbox shows of a MIME message. */
export interface ParsedMessage {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/**
 * Reads a MIME message (RFC 5322, 2045–2047) as far as mails of this product go: nested multiparts, base64 and
 * quoted-printable bodies in UTF-8, encoded words. `raw` is one character per byte (latin1).
 */
export function parseRawMessage(raw: string): ParsedMessage {
  const message = parsePart(raw);
  const leaves = leavesOf(message);
  const textOf = (type: string) => leaves.find((part) => contentType(part).startsWith(type));
  const header = (name: string) => decodeWords(message.headers.get(name) ?? '');
  return {
    from: header('from'),
    to: header('to')
      .split(',')
      .map((mailbox) => mailbox.trim())
      .filter((mailbox) => mailbox !== ''),
    subject: header('subject'),
    text: decodeBody(textOf('text/plain')),
    html: decodeBody(textOf('text/html')),
  };
}

function parsePart(raw: string): Part {
  const end = raw.search(/\r?\n\r?\n/);
  const head = (end < 0 ? raw : raw.slice(0, end)).replaceAll(/\r?\n[ \t]+/g, ' ');
  const headers = new Map<string, string>();
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end < 0 ? '' : raw.slice(end).replace(/^\r?\n\r?\n/, '') };
}

function leavesOf(part: Part): readonly Part[] {
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(part.headers.get('content-type') ?? '') ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return [part];
  const sections = part.body.split(`--${boundary}`).slice(1);
  return sections
    .filter((section) => !section.startsWith('--'))
    .flatMap((section) => leavesOf(parsePart(section.replace(/^\r?\n/, '').replace(/\r?\n$/, ''))));
}

function contentType(part: Part): string {
  return (part.headers.get('content-type') ?? 'text/plain').toLowerCase();
}

function decodeBody(part: Part | undefined): string {
  if (part === undefined) return '';
  const encoding = (part.headers.get('content-transfer-encoding') ?? '8bit').toLowerCase();
  if (encoding === 'base64') return Buffer.from(part.body, 'base64').toString('utf8');
  const bytes = encoding === 'quoted-printable' ? decodeQuotedPrintable(part.body) : part.body;
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function decodeQuotedPrintable(text: string): string {
  return text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** RFC 2047: `=?UTF-8?B?…?=` and `=?UTF-8?Q?…?=`; white space between two encoded words is not part of the text. */
function decodeWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, encoding: string, encoded: string) => {
      if (encoding.toLowerCase() === 'b') return Buffer.from(encoded, 'base64').toString('utf8');
      return Buffer.from(decodeQuotedPrintable(encoded.replaceAll('_', ' ')), 'latin1').toString('utf8');
    });
}
