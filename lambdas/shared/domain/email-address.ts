import { domainToASCII } from 'node:url';

/** A normalised address: what is hashed, compared and mailed. */
export type EmailAddress = string & { readonly brand: 'EmailAddress' };

/** RFC 5321 section 4.5.3.1: 64 octets before the `@`, 254 in all. */
const maxLocalPart = 64;
const maxAddress = 254;

/** RFC 5322 `dot-atom`. Quoted local parts are valid but no mailbox provider hands them out, and they smuggle. */
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/**
 * What a domain may be spelt with before it becomes an A-label. `domainToASCII` reads its argument as the host of a URL:
 * it would drop what follows `/`, `?`, `#` or `\`, decode `%`, and drop what is invisible.
 */
const spelling = /^[\p{L}\p{M}\p{N}.\u3002-]+$/u;
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const domainName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/**
 * Normalises first and validates after (REG7), so that two spellings of one mailbox are one account: NFKC folds
 * look-alikes such as a full-width `＠`, case is folded, the root dot of the domain is dropped, the domain is A-label.
 * `undefined` where the result is no address that mail can reach. Local parts must be ASCII: SES has no SMTPUTF8.
 */
export function normaliseEmail(raw: string): EmailAddress | undefined {
  if (raw.length > maxAddress * 4 || invisible.test(raw)) return undefined;
  const folded = raw.normalize('NFKC').trim().toLowerCase();
  const at = folded.lastIndexOf('@');
  if (at < 1) return undefined;
  const local = folded.slice(0, at);
  const spelt = folded.slice(at + 1);
  const domain = spelling.test(spelt) ? domainToASCII(spelt.replace(/[.\u3002]$/, '')) : '';
  const address = `${local}@${domain}`;
  const valid =
    local.length <= maxLocalPart && address.length <= maxAddress && localPart.test(local) && domainName.test(domain);
  return valid ? (address as EmailAddress) : undefined;
}
