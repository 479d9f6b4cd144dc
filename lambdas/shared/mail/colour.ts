type Channels = readonly [number, number, number];

function channels(hex: string): Channels {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/**
 * A colour as mail clients read it: hex, but `rgb()` where the hex is six digits, so that the only six digits in a mail
 * are its code, for people and for the software that fills it in.
 */
function css(colour: Channels): string {
  const hex = colour.map((channel) => channel.toString(16).padStart(2, '0')).join('');
  return /^\d{6}$/.test(hex) ? `rgb(${colour.join(', ')})` : `#${hex}`;
}

/** A brand colour (`#rrggbb`) for a mail. */
export function colour(hex: string): string {
  return css(channels(hex));
}

/** `share` (0 to 1) of one colour laid over another. */
export function mix(over: string, under: string, share: number): string {
  const [a, b] = [channels(over), channels(under)];
  const blend = (i: 0 | 1 | 2) => Math.round(a[i] * share + b[i] * (1 - share));
  return css([blend(0), blend(1), blend(2)]);
}
