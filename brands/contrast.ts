/** Smallest contrast of text on its ground: WCAG 2.2, 1.4.3 (AA). */
export const MIN_CONTRAST = 4.5;

type Rgb = readonly [number, number, number];

function parse(colour: string): Rgb {
  const at = (i: number) => Number.parseInt(colour.slice(i, i + 2), 16);
  return [at(1), at(3), at(5)];
}

/** Relative luminance, 0..1 (WCAG 2.2, "relative luminance"). */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((channel) => {
    const s = channel / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colours `#rrggbb`, 1..21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(parse(one)), luminance(parse(other))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/**
 * The colour nearest to `colour` that is readable on `ground`, on its way to black or to white. There always is one,
 * since every colour has 4.5:1 or more against one of the two.
 */
export function nearestReadable(colour: string, ground: string): string {
  const from = parse(colour);
  const STEPS = 256;
  const nearest = [0, 255]
    .flatMap((end) => {
      for (let step = 0; step <= STEPS; step++) {
        const mixed = from.map((channel) => Math.round(channel + ((end - channel) * step) / STEPS));
        const candidate = `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
        if (contrast(candidate, ground) >= MIN_CONTRAST) {
          return [{ candidate, distance: Math.hypot(...mixed.map((channel, i) => channel - (from[i] ?? 0))) }];
        }
      }
      return [];
    })
    .sort((a, b) => a.distance - b.distance)[0];
  if (nearest === undefined) throw new Error(`no colour is readable on ${ground}`);
  return nearest.candidate;
}
