/** Milliseconds since the epoch; handed in, so that no rule has a clock of its own. */
export type Clock = () => number;

/** Whole seconds since the epoch, as JWT (RFC 7519 section 2, NumericDate) and DynamoDB TTL count. */
export function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** ISO 8601 in UTC. */
export function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
