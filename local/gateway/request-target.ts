/** Path and query of a request, as they stand in its first line. */
export interface RequestTarget {
  /** Still encoded; begins with a slash. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

/**
 * Splits a request target and changes nothing about it: `URL` would resolve dots and take `//x` for a host. A target in
 * absolute form (`GET http://host/path`, RFC 9112 section 3.2.2) loses scheme and host.
 */
export function requestTarget(target: string): RequestTarget {
  const origin = target.replace(/^https?:\/\/[^/?]*/i, '');
  const mark = origin.indexOf('?');
  const path = mark < 0 ? origin : origin.slice(0, mark);
  return { path: path.startsWith('/') ? path : `/${path}`, query: mark < 0 ? '' : origin.slice(mark + 1) };
}
