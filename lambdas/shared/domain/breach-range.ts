/**
 * Whether a range of Have I Been Pwned has a hash. A line is 35 hex digits, a colon and how often it was seen; padding has
 * been seen never.
 * @param suffix the last 35 digits of an upper-case SHA-1
 */
export function hasBreached(range: string, suffix: string): boolean {
  return range.split('\n').some((line) => {
    const [digits, count] = line.trim().split(':');
    return digits?.toUpperCase() === suffix && Number(count) > 0;
  });
}
