import { createHash } from 'node:crypto';

/** Bytes by which a domain stands in the list: of 56,000 domains, one in twenty million others is mistaken for one. */
const markBytes = 5;

/**
 * Domains of mail relays that hide an address from shops and keep it alive for years: their users are people who mean to
 * stay. Lists of throwaway domains name some of them.
 */
const relays: ReadonlySet<string> = new Set([
  'duck.com',
  'mozmail.com',
  'privaterelay.appleid.com',
  'icloud.com',
  'simplelogin.com',
  'simplelogin.co',
  'aleeas.com',
  'slmail.me',
  'anonaddy.com',
  'anonaddy.me',
  'addy.io',
  'passmail.net',
  'passmail.com',
  'passinbox.com',
  'firefox.com',
]);

function markOf(domain: string): Buffer {
  return createHash('sha256').update(domain).digest().subarray(0, markBytes);
}

/** The domain, and each domain above it that has a dot. */
function lineage(domain: string): readonly string[] {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'));
}

/** Packs domains into what `isDisposable` searches: sorted marks, one after the other. */
export function packDomains(domains: Iterable<string>): Buffer {
  const all = new Set(domains);
  const kept = [...all].filter((domain) => {
    const [itself = '', ...above] = lineage(domain);
    return itself !== '' && !lineage(domain).some((each) => relays.has(each)) && !above.some((each) => all.has(each));
  });
  return Buffer.concat(kept.map(markOf).sort(Buffer.compare));
}

function isListed(list: Buffer, domain: string): boolean {
  const wanted = markOf(domain);
  let low = 0;
  let high = list.length / markBytes - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const order = list.compare(wanted, 0, markBytes, middle * markBytes, (middle + 1) * markBytes);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** Whether mail to the domain, an A-label, goes to a throwaway mailbox. @param list made by `packDomains` */
export function isDisposable(list: Buffer, domain: string): boolean {
  const names = lineage(domain);
  return !names.some((each) => relays.has(each)) && names.some((each) => isListed(list, each));
}
