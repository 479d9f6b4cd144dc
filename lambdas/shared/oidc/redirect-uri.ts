/** A loopback address as RFC 8252 section 7.3 means it: host, then at most a port, then the path. */
const loopback = /^(http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::\d{1,5})?((?:\/[\w\-.~:/?[\]@!$&'()*+,;=%]*)?)$/;

/** Nothing for an address that is none, such as one whose port is beyond 65535 (F28). */
function withoutPort(uri: string): string | undefined {
  const [, origin, path] = loopback.exec(uri) ?? [];
  return origin === undefined || !URL.canParse(uri) ? undefined : `${origin}${path}`;
}

/**
 * Whether a redirect URI proves nothing of who waits there: any program of a machine can listen at its loopback, or claim a
 * private-use scheme (RFC 8252 section 8.6).
 */
export function isAnybodysRedirectUri(uri: string): boolean {
  return !uri.startsWith('https://');
}

/** Of the characters of RFC 3986 all but those of a fragment, a user name and a wildcard. */
const plain = /^https:\/\/[\w\-.~:[\]]+(?:[/?][\w\-.~:/?[\]@!$&'()+,;=%]*)?$/;

/**
 * One exact https address, without a fragment and a user name (RFC 9700 section 2.1), whose host a parser reads as it is
 * written: nothing is left to be understood in two ways.
 */
export function isPlainHttps(uri: string): boolean {
  if (!plain.test(uri) || !URL.canParse(uri)) return false;
  const { host } = new URL(uri);
  return uri.slice('https://'.length).toLowerCase().startsWith(host);
}

/** Where a code may be sent: over https, or to the machine that the browser runs on (RFC 8252 section 7.3). */
export function isSafeRedirectUri(uri: string): boolean {
  return isPlainHttps(uri) || withoutPort(uri) !== undefined;
}

/**
 * Whether a redirect URI is one that the client registered: byte for byte (RFC 9700 section 4.1.3), but for the port of
 * a loopback address. What is compared is the text, never what a parser makes of it, so nothing can be smuggled.
 */
export function isRegisteredRedirectUri(registered: readonly string[], presented: string): boolean {
  if (registered.includes(presented)) return true;
  const bare = withoutPort(presented);
  return bare !== undefined && registered.some((uri) => withoutPort(uri) === bare);
}
