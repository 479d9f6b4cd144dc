/**
 * The domain that somebody has registered: whoever owns `evil.example` owns every name below it. By the public suffixes of
 * ICANN; private ones, such as those of dynamic DNS, are one domain, as they come from one hand. The list, 91 KB, is loaded
 * with the first domain of three labels: shorter ones are registered, or a suffix themselves.
 */
export async function registrableDomain(domain: string): Promise<string> {
  if (domain.split('.').length < 3) return domain;
  const { getDomain } = await import('tldts-icann');
  return getDomain(domain) ?? domain;
}
