import type { Sender } from '../domain/brand.ts';

/** RFC 2047 section 2: an encoded word has at most 75 characters; base64 of 42 bytes leaves room for its frame. */
const wordBytes = 42;

/** Cuts between characters, never inside one (RFC 2047 section 5). */
function chunks(text: string): readonly string[] {
  const parts: string[] = [''];
  for (const character of text) {
    const last = parts.at(-1) ?? '';
    if (Buffer.byteLength(last + character) > wordBytes) parts.push(character);
    else parts[parts.length - 1] = last + character;
  }
  return parts;
}

/** The From of a brand's mails: `"Northwind" <no-reply@mail.northwind.example>` (RFC 5322 section 3.4). */
export function senderMailbox({ name, from }: Pick<Sender, 'name' | 'from'>): string {
  const isPlain = /^[\x20-\x7e]*$/.test(name);
  const phrase = isPlain
    ? `"${name.replace(/["\\]/g, '\\$&')}"`
    : chunks(name)
        .map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`)
        .join(' ');
  return `${phrase} <${from}>`;
}
