import type { CommonPasswords } from './password-policy.ts';

let list: Promise<ReadonlySet<string>> | undefined;

/**
 * The offline blocklist of about 49,000 common and breached passwords (@zxcvbn-ts). It is a third of a megabyte, hence
 * loaded when the first password is chosen, not at cold start.
 */
export async function commonPasswords(): Promise<CommonPasswords> {
  list ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set<string>(dictionary['passwords-common'] as readonly string[]),
  );
  const known = await list;
  return (password) => known.has(password);
}
