import type { Brand } from '../shared/domain/brand.ts';
import { demand } from '../shared/oidc/oauth-refusal.ts';
import type { ClientMetadata } from './client-metadata.ts';

/** Letters and digits alone, without accents, so that no space, dash or dot tells two names apart. */
const bare = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Scripts that are in use today beside Latin and those of East Asia (UAX 31, table 5). */
const scripts = [
  ...['Arabic', 'Armenian', 'Bengali', 'Cyrillic', 'Devanagari', 'Ethiopic', 'Georgian', 'Greek', 'Gujarati'],
  ...['Gurmukhi', 'Hebrew', 'Kannada', 'Khmer', 'Lao', 'Malayalam', 'Myanmar', 'Oriya', 'Sinhala', 'Tamil'],
  ...['Telugu', 'Thaana', 'Thai', 'Tibetan'],
];
const written = (of: readonly string[]) =>
  new RegExp(`^[\\p{M}\\p{N}${of.map((script) => `\\p{Script_Extensions=${script}}`).join('')}]+$`, 'u');

/** Latin may stand beside the scripts of East Asia in one word, where it is usual and nothing looks like it (UTS 39, 5.2). */
const ways = [
  written(['Latin', 'Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo']),
  ...scripts.map((one) => written([one])),
];

/** Letters of another script that look like those of a word are what a name is forged with. */
function mixesScripts(name: string): boolean {
  const words = name.normalize('NFKC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return !words.every((word) => ways.some((way) => way.test(word)));
}

/**
 * The name that people will read: nobody passes for the brand or for one of its own applications by it (RFC 7591 section 5).
 * @throws OAuthRefusal `invalid_client_metadata`
 */
export function checkName(
  brand: Brand,
  { client_name: name, redirect_uris: [first = ''] = [] }: ClientMetadata,
): string {
  const shown = name ?? (URL.canParse(first) ? new URL(first).host : 'Application');
  const said = bare(shown);
  const poses = said.includes(bare(brand.name)) || brand.clients.some((client) => bare(client.name) === said);
  demand(said !== '' && (!poses || name === undefined), 'invalid_client_metadata', 'client_name is not free');
  demand(!mixesScripts(shown), 'invalid_client_metadata', 'client_name has a word of more than one script');
  return shown;
}
